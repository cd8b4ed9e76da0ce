from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recommendations.archive.actions.loading import import_archive
from recommendations.archive.archive_file import BadArchive, read_archive


class Command(BaseCommand):
    help = (
        "Load older recommendations from FILE (.xlsx or .csv; columns judul, instansi, tahun, identitas, variabel), so"
        " that similar activities are found among them. Safe to repeat; a file with a mistake is not loaded at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            rows = read_archive(file)
        except (BadArchive, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        done = import_archive(rows, source=file.name[:200])
        self.stdout.write(f"{done.added} kegiatan ditambahkan, {done.changed} diperbarui, {done.same} sudah ada.")
