import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from office.models import User
from office.refusals import Refused
from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.words import answer_words
from recommendations.models import Submission
from recommendations.recording.actions.importing import import_answers
from recommendations.recording.file_reading import read_apart
from recommendations.recording.file_review import compare_with_record, fingerprints, item_label
from recommendations.workbook.packages import MAX_BYTES
from recommendations.workbook.reading import WorkbookReading


class Command(BaseCommand):
    help = "Read a filled form (*.xlsx, *.yaml, *.json). Without --into it only says what was understood."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--into", metavar="REGISTER_or_PK", help="save into the open round of this submission")
        parser.add_argument("--by", metavar="USERNAME", help="who takes it over (default: the submission's officer)")
        parser.add_argument("--overwrite", action="store_true", help="also items that hold another answer")
        parser.add_argument("--json", action="store_true", help="for a program")

    def handle(
        self, *args: object, file: Path, into: str | None, by: str | None, overwrite: bool, **options: object
    ) -> None:
        try:
            with file.open("rb") as opened:
                reading = read_apart(opened.read(MAX_BYTES + 1))
        except OSError as problem:
            raise CommandError(f"{file} tidak terbaca: {problem.strerror}.") from problem
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        told = _told(reading)
        if into:
            told |= _saved(reading, into, by, overwrite=overwrite)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if options["json"] else _words(reading, told))


def _told(reading: WorkbookReading) -> dict[str, Any]:
    return {
        "form": reading.instrument_code,
        "values": {item_id: reading.values[item_id] for item_id in reading.understood},
        "not_understood": [
            {"item": one.item_id, "cell": one.place, "typed": one.typed, "why": one.why}
            for one in reading.not_understood
        ],
        "notes": reading.notes,
    }


def _saved(reading: WorkbookReading, into: str, by: str | None, *, overwrite: bool) -> dict[str, Any]:
    submission = Submission.objects.named(into)
    if submission is None:
        raise CommandError(f"Permohonan {into} tidak ada. Tulis nomor register seperti 061/2026.")
    if submission.instrument_code != reading.instrument_code:
        raise CommandError(f"Berkas ini {reading.instrument_code}, permohonan ini {submission.instrument_code}.")
    officer = User.objects.filter(username=by).first() if by else submission.officer
    if officer is None or not officer.has_perm("recommendations.record_submission"):
        raise CommandError(f"{by or submission.officer} tidak merekam permohonan. Sebut petugas dengan --by.")
    last = submission.rounds.latest("number")
    answers, found = (
        last.answers,
        compare_with_record(submission.instrument, last.answers, reading.values, last.open_items),
    )
    changed = [one.item.id for one in found if one.state != "same"]
    values = {item_id: reading.values[item_id] for item_id in changed}
    seen = fingerprints(submission.instrument, answers) if overwrite else None
    try:
        imported = import_answers(submission, values, seen=seen, by=officer)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
    return {"into": submission.register, "saved": imported.saved, "left": imported.left}


def _words(reading: WorkbookReading, told: dict[str, Any]) -> str:
    instrument = INSTRUMENTS[reading.instrument_code]
    lines = [f"{instrument.code}: {len(reading.understood)} isian terbaca, {len(reading.not_understood)} tidak."]
    for item_id in reading.understood:
        item = instrument.item(item_id)
        lines.append(f"  {item_label(instrument, item)}: {answer_words(item, reading.values[item_id])}")
    for one in reading.not_understood:
        place = f" sel {one.place}" if one.place else ""
        lines.append(f"! {item_label(instrument, instrument.item(one.item_id))}{place}: {one.why}")
    lines += [f"? {note}" for note in reading.notes]
    if "into" in told:
        lines.append(f"{told['into']}: {len(told['saved'])} isian tersimpan, {len(told['left'])} dibiarkan.")
    return "\n".join(lines)
