from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guestbook.export import visits_between, write_sheet


class Command(BaseCommand):
    help = "Write the visits of some days to an Excel file. It holds personal data: no web page offers it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="end", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("file", type=Path, help="for example kunjungan.xlsx; must not be there yet")

    def handle(self, *args: object, start: date, end: date, file: Path, **options: object) -> None:
        if end < start:
            raise CommandError("--to is before --from.")
        if file.exists():
            raise CommandError(f"{file} is there already; choose another name.")
        file.touch(mode=0o600)
        count = write_sheet(visits_between(start, end), file)
        self.stdout.write(f"{count} kunjungan ditulis ke {file}.")
