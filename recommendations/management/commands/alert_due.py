from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office.batches import each_alone
from office.clock import must_be_supported
from office.refusals import Refused
from recommendations.promise.alerts import alert
from recommendations.results.asking import remind_of_results
from recommendations.slip.reminders import remind_waiting


class Command(BaseCommand):
    help = (
        "Alert who is responsible of promises that come due, at most once a day, remind applicants who have not "
        "answered for months, once a round, and mail the officers once about each activity whose planned release is "
        "over. It may run at any time, also twice a day."
    )

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.localtime()
        try:
            must_be_supported(now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        parts = (alert, remind_waiting, remind_of_results)
        count, waiting, releases = each_alone(parts, lambda part: part(now.date()))
        self.stdout.write(
            f"{count} permohonan diperingatkan, {waiting} pemohon diingatkan, {releases} hasil kegiatan diingatkan."
        )
