from collections.abc import Callable
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.actions.dates import follow_calendar
from complaints.actions.receiving import give_waiting
from complaints.alerts import alert_complaints
from office.batches import each_alone
from office.clock import must_be_supported
from office.refusals import Refused


class Command(BaseCommand):
    help = "Mail who is responsible the complaints that come due, at most once a day. It may run at any time."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.localtime()
        try:
            must_be_supported(now)
            parts: list[Callable[[], int]] = [give_waiting, follow_calendar, partial(alert_complaints, now.date())]
            *_, count = each_alone(parts, lambda part: part())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} orang diingatkan tentang pengaduan.")
