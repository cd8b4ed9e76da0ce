from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.promise.alerts import alert
from recommendations.slip.reminders import remind_waiting


class Command(BaseCommand):
    help = (
        "Alert who is responsible of promises that come due, at most once a day, and remind applicants who have not "
        "answered for months, once a round, whatever the clock asks."
    )

    def handle(self, *args: object, **options: object) -> None:
        today = timezone.localdate()
        count = alert(today)
        self.stdout.write(f"{count} permohonan diperingatkan, {remind_waiting(today)} pemohon diingatkan.")
