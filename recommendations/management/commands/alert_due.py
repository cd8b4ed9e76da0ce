from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office.clock import must_be_supported
from office.refusals import Refused
from recommendations.promise.alerts import alert
from recommendations.slip.reminders import remind_waiting


class Command(BaseCommand):
    help = (
        "Alert who is responsible of promises that come due, at most once a day, and remind applicants who have not "
        "answered for months, once a round. It may run at any time, also twice a day."
    )

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.localtime()
        try:
            must_be_supported(now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        today = now.date()
        count = alert(today)
        self.stdout.write(f"{count} permohonan diperingatkan, {remind_waiting(today)} pemohon diingatkan.")
