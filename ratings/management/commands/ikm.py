import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ratings.ikm import Tally, ikm, mutu, nrr, tally_of, to_two_decimals
from ratings.instruments import SKM_9
from ratings.paper_answers import BadPaperAnswers, read_paper_answers


class Command(BaseCommand):
    help = (
        f"The index of the SKM from FILE (CSV; columns {', '.join(SKM_9.keys)}; answers 1 to 4), as JSON: n, sums, nrr,"
        " ikm, mutu. Other columns are ignored. A file with a mistake is not counted at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            read = read_paper_answers(file)
        except (BadPaperAnswers, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        if read.ignored:
            self.stderr.write(f"Kolom yang tidak dihitung: {', '.join(read.ignored)}.")
        self.stdout.write(json.dumps(_figures(tally_of(read.respondents))))


def _figures(tally: Tally) -> dict[str, object]:
    """Return what the command prints. Without respondents, the means, the index and its class are None."""
    index, means = ikm(tally), nrr(tally)
    return {
        "n": tally.n,
        "sums": dict(tally.sums),
        "nrr": {key: str(to_two_decimals(means[key])) if means else None for key in SKM_9.keys},
        "ikm": None if index is None else str(index),
        "mutu": None if index is None else mutu(index).letter,
    }
