from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from office.texts import with_full_stop
from recommendations.instruments.form_writing import as_json, as_yaml, form_document
from recommendations.models import Round, Submission
from recommendations.workbook.writing import write_workbook


class Command(BaseCommand):
    help = "Write a round of a submission as an Excel workbook, YAML or JSON; the file's ending says which."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("submission", metavar="REGISTER_or_PK", help="for example 061/2026, or 61")
        parser.add_argument("file", type=Path, help="*.xlsx, *.yaml or *.json; must not be there yet")
        parser.add_argument("--round", type=int, dest="number", help="the round (default: the last)")

    def handle(self, *args: object, submission: str, file: Path, number: int | None, **options: object) -> None:
        if file.exists():
            raise CommandError(f"{file} sudah ada. Pilih nama lain.")
        if file.suffix not in WRITERS:
            raise CommandError(f"{file}: akhiri nama berkas dengan {', '.join(WRITERS)}.")
        found = _found(submission)
        rounds = found.rounds.all() if number is None else found.rounds.filter(number=number)
        shown = rounds.last()
        if shown is None:
            raise CommandError(f"Permohonan {found.register} tidak mempunyai putaran {number}.")
        content = WRITERS[file.suffix](shown)
        file.touch(mode=0o600)  # it has names and telephone numbers of persons
        file.write_bytes(content)
        self.stdout.write(f"{found.instrument_code} {found.register} putaran {shown.number} ditulis ke {file}.")


def _found(told: str) -> Submission:
    submission = Submission.objects.named(told)
    if submission is None:
        raise CommandError(f"Permohonan {told} tidak ada. Tulis nomor register seperti 061/2026.")
    return submission


def _xlsx(shown: Round) -> bytes:
    submission = shown.submission
    about = with_full_stop(f"Permohonan {submission.register}, putaran {shown.number}, {submission.applicant.agency}")
    return write_workbook(submission.instrument, shown.answers, about=about)


def _document(shown: Round) -> dict[str, Any]:
    submission = shown.submission
    kinds = submission.attachments.values_list("kind", flat=True)
    return form_document(
        submission.instrument, shown.answers, submitted_on=submission.cover_date, attachments=list(kinds)
    )


WRITERS: dict[str, Callable[[Round], bytes]] = {
    ".xlsx": _xlsx,
    ".yaml": lambda shown: as_yaml(_document(shown)).encode(),
    ".yml": lambda shown: as_yaml(_document(shown)).encode(),
    ".json": lambda shown: as_json(_document(shown)).encode(),
}
