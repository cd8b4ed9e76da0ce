from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median

from django.core.management.base import BaseCommand, CommandError

from guestbook.models import CallPolicy, Visit
from guestbook.order import Numbers
from guestbook.replay import arrivals_on, desks_on, replay

CLASSES = {"didahulukan": True, "biasa": False}
MINUTE = timedelta(minutes=1)


class Command(BaseCommand):
    help = "Play a past day again under the office's order of calling, or another, and print the waits beside what was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", type=date.fromisoformat, help="for example 2026-11-20")
        parser.add_argument(
            "--ratio", type=int, help="calls with priority in a row before an ordinary one; 0: no limit"
        )
        parser.add_argument("--cap", type=int, help="minutes after which an ordinary visitor goes first; 0: none")

    def handle(self, *args: object, day: date, ratio: int | None, cap: int | None, **options: object) -> None:
        arrivals = arrivals_on(day)
        if not arrivals:
            raise CommandError(f"No visitor was served on {day:%d/%m/%Y}.")
        kept = CallPolicy.objects.current()
        policy = Numbers(
            ratio=kept.ratio if ratio is None else ratio or None, cap=kept.cap if cap is None else cap or None
        )
        waits = replay(arrivals, desks_on(day), policy)
        others = Visit.objects.on(day).count() - len(arrivals)
        self.stdout.write(
            f"{day:%d/%m/%Y}: {len(arrivals)} dilayani; {others} tidak ikut dihitung (tidak selesai atau susulan)."
        )
        self.stdout.write(f"Kebijakan: rasio {policy.ratio or 'tanpa'}, batas {policy.cap or 'tanpa'} menit.")
        self.stdout.write(f"{'menit':<26}{'orang':>7}{'median':>8}{'p90':>7}{'terlama':>9}")
        for words, has_priority in CLASSES.items():
            of_class = [one for one in arrivals if bool(one.priority) == has_priority]
            self._line(f"{words}, terjadi", [one.waited for one in of_class])
            self._line(f"{words}, kebijakan", [waits[one.pk] for one in of_class])

    def _line(self, words: str, waits: Sequence[timedelta]) -> None:
        if not waits:
            self.stdout.write(f"{words:<26}{0:>7}")
            return
        minutes = sorted(wait / MINUTE for wait in waits)
        p90 = minutes[ceil(0.9 * len(minutes)) - 1]
        self.stdout.write(f"{words:<26}{len(minutes):>7}{median(minutes):>8.1f}{p90:>7.1f}{minutes[-1]:>9.1f}")
