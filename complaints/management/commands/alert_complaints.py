from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.actions.dates import follow_calendar
from complaints.actions.receiving import give_waiting
from complaints.alerts import alert_complaints
from complaints.morning_notices import tell_of_anonymous
from office.clock import must_be_supported
from office.refusals import Refused


class Command(BaseCommand):
    help = (
        "Mail who is responsible the complaints that come due, at most once a day, and what anonymous reporters did "
        "until yesterday. It may run at any time."
    )

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.localtime()
        try:
            must_be_supported(now)
            give_waiting()
            follow_calendar()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        tell_of_anonymous(now.date())
        count = alert_complaints(now.date())
        self.stdout.write(f"{count} orang diingatkan tentang pengaduan.")
