"""Read a plain text as paragraphs and lists. Pure.

A line that begins with "1." or "1)" is an item of a numbered list; one that begins with "-", "–" or "•" of a list of
points. Any other line is a paragraph. HTML is not typed: a template escapes each line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from office.texts import text_lines

NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)", re.ASCII)
POINTED = re.compile(r"[-–•]\s+(?=\S)")


class PartKind(StrEnum):
    """How a part of a text is shown. The values are the names of HTML's elements."""

    NUMBERED = "ol"
    POINTS = "ul"
    PARAGRAPHS = "p"


@dataclass(frozen=True)
class TextPart:
    """Lines of one kind that follow each other, without their numbers or dashes; `start` is a list's first number."""

    kind: PartKind
    lines: list[str] = field(default_factory=list)
    start: int = 1


def text_parts(text: str) -> list[TextPart]:
    """Return the parts of a text in its order; none for an empty text."""
    return list(_parts([_read(line) for line in text_lines(text)]))


def _parts(lines: list[tuple[PartKind, int, str]]) -> Iterator[TextPart]:
    for kind, found in groupby(lines, key=lambda line: line[0]):
        rows = list(found)
        yield TextPart(kind, [line for _, _, line in rows], rows[0][1])


def _read(line: str) -> tuple[PartKind, int, str]:
    """Return the kind of a line, its number (1 for a line without one), and its words."""
    if numbered := NUMBERED.match(line):
        return PartKind.NUMBERED, int(numbered[1]), line[numbered.end() :]
    if pointed := POINTED.match(line):
        return PartKind.POINTS, 1, line[pointed.end() :]
    return PartKind.PARAGRAPHS, 1, line
