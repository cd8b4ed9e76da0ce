"""Closes the visits that were left open. The clock runs it every night."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guestbook.closing import close_days
from office.refusals import Refused


def clock_time(typed: str) -> time:
    """Return the time typed as `23.45` or `23:45`. Raise ArgumentTypeError."""
    try:
        return time.fromisoformat(typed.replace(".", ":"))
    except ValueError as wrong:
        raise ArgumentTypeError(f"{typed} is no time of day, for example 23.45") from wrong


class Command(BaseCommand):
    help = (
        "Close what was forgotten: visits of past days that still wait, are called or being served become "
        '"tidak ditutup". Safe to repeat; a night that was missed is repaired by the next run.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--today", action="store_true", help="today's visits too")
        which.add_argument(
            "--today-after",
            type=clock_time,
            metavar="HH.MM",
            help="today's visits too, if it is that late in the office; so a clock that runs late closes no morning",
        )

    def handle(self, *args: object, today: bool, today_after: time | None, **options: object) -> None:
        now = timezone.localtime()
        until = now.date() if today or self._is_late(now, today_after) else now.date() - timedelta(days=1)
        try:
            closed = close_days(until, at=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{closed} kunjungan sampai {until:%d/%m/%Y} ditutup.")

    @staticmethod
    def _is_late(now: datetime, limit: time | None) -> bool:
        return limit is not None and now.time() >= limit
