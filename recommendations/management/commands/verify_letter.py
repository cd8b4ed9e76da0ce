import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from office.refusals import Refused
from recommendations.checking.answers import Verdict, VisitorAnswer
from recommendations.checking.matching import answer_about, letter_behind
from recommendations.checking.states import state_of
from recommendations.models import Letter
from recommendations.uploads.refusal import DiskNotReady, NotCheckedNow

NOT_OURS, CANNOT_TELL = 1, 2


class Command(BaseCommand):
    help = "Say of a PDF whether it is a letter of this office, who signed it, and whether it is unchanged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        """Exit with 0 only when the file is ours and so unchanged, with 2 when that cannot be said now, else with 1.

        The state of a letter of ours must be read too: it may be revoked.
        """
        try:
            content = file.read_bytes()
            letter = letter_behind(content)
            answer = answer_about(letter, content, for_visitor=False)
        except (OSError, NotCheckedNow, DiskNotReady) as problem:
            raise CommandError(f"{file}: {problem}", returncode=CANNOT_TELL) from problem
        except Refused as problem:
            raise CommandError(f"{file}: {problem}") from problem
        told = _told(letter, answer)
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _words(letter, answer))
        if not answer.is_ours:
            sys.exit(CANNOT_TELL if answer.verdict == Verdict.UNCOMPARED else NOT_OURS)


def _told(letter: Letter | None, answer: VisitorAnswer) -> dict[str, object]:
    known = letter if answer.is_ours else None
    return {
        "ours": answer.is_ours,
        "signed": answer.verdict == Verdict.SIGNED,
        "unchanged": answer.is_ours,
        "state": state_of(known).name if known else "",
        "number": known.number if known else "",
        "signer": answer.signer,
    }


def _words(letter: Letter | None, answer: VisitorAnswer) -> str:
    lines = [answer.sentence, *answer.remarks]
    if letter and answer.is_ours:
        state = state_of(letter)
        lines.append(f"{letter.number}: {state.sentence}. {state.words}")
    return "\n".join(lines)
