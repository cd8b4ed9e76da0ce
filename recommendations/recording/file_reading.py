"""Read a form file that somebody handed in, in a child process with limits."""

from office.texts import tidy_line
from recommendations.uploads.apart import CHECK, ask
from recommendations.uploads.refusal import TooComplex
from recommendations.workbook.answers import Problem
from recommendations.workbook.packages import BadWorkbook
from recommendations.workbook.reading import WorkbookReading

READ = "recommendations.recording.file_review:read_incoming"


def read_apart(content: bytes) -> WorkbookReading:
    """Return the answers in a filled workbook, or in a YAML or JSON file. Raise BadFile, BadWorkbook."""
    try:
        told = ask(READ, content, limits=CHECK).value
    except TooComplex:
        raise BadWorkbook("Berkas ini terlalu rumit untuk sebuah formulir. Salin isiannya ke templat baru.") from None
    problems = [Problem(**_tidied(problem)) for problem in told.pop("not_understood")]
    notes = [tidy_line(note) for note in told.pop("notes")]
    return WorkbookReading(**told, not_understood=problems, notes=notes)


def _tidied(problem: dict[str, str]) -> dict[str, str]:
    """Return the words of a problem as the page may show them: they contain what a stranger typed."""
    return {name: tidy_line(text) for name, text in problem.items()}
