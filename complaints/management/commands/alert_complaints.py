from collections.abc import Callable
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.actions.dates import follow_calendar
from complaints.actions.receiving import give_waiting
from complaints.alerts import alert_complaints
from complaints.morning_notices import tell_of_anonymous
from office.batches import each_alone
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
            morning = [partial(tell_of_anonymous, now.date()), partial(alert_complaints, now.date())]
            parts: list[Callable[[], int]] = [give_waiting, follow_calendar, *morning]
            *_, count = each_alone(parts, lambda part: part())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} orang diingatkan tentang pengaduan.")
