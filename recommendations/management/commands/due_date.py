from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from office.formats import long_date
from recommendations.recording.actions.completing import promise_from


class Command(BaseCommand):
    help = "When the result is due for a form recorded complete on START (YYYY-MM-DD)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("start", metavar="START")
        parser.add_argument("--days", type=int, default=30, help="working days promised (default 30)")
        parser.add_argument("--explain", action="store_true", help="list the days skipped and why")

    def handle(self, *args: object, start: str, days: int, explain: bool, **options: object) -> None:
        try:
            first = date.fromisoformat(start)
        except ValueError as wrong:
            raise CommandError(f"Tanggal {start} tidak ada. Tulis seperti 2026-11-20.") from wrong
        if not 1 <= days <= 1000:
            raise CommandError("--days: 1 sampai 1000 hari kerja.")
        made = promise_from(first, days=days)
        self.stdout.write(made.due_on.isoformat() + (" provisional" if made.is_provisional else ""))
        if explain:
            for skipped in made.skipped:
                self.stdout.write(f"{skipped.day.isoformat()} {long_date(skipped.day)}: {skipped.reason}")
