"""One register of one year as lines: every number, and the numbers between them that nothing explains."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import F, QuerySet

from office.formats import short_date
from office.models import Office
from recommendations.letter.identities import Identity
from recommendations.models import Letter, RegisterNumber

_JOINED = ("letter__submission__applicant__agency", "letter__replacement", "letter__ended_by")
_SEARCHED = (
    *("register", "year", "satker", "running", "state", "told", "reason"),
    *("letter__number", "letter__status", "letter__ended_on", "letter__ended_reason", "letter__replacement__number"),
    *("letter__submission__applicant__agency__name", "letter__ended_by__name", "letter__ended_by__username"),
)
"""The columns that `RegisterLine.has` needs."""


@dataclass(frozen=True)
class RegisterLine:
    """One number of the register, or several in a row with one explanation. A gap has no `row`."""

    name: str
    first: int
    last: int
    row: RegisterNumber | None = None
    title: str = ""
    """The activity's title as the letter has it."""

    @property
    def letter(self) -> Letter | None:
        return self.row.letter if self.row else None

    @property
    def agency(self) -> str:
        return str(self.letter.submission.applicant.agency) if self.letter else ""

    @property
    def state(self) -> str:
        """The state in words; "" for a gap, which the page words itself. An ended letter's number stays used."""
        if self.letter and self.letter.is_ended:
            return f"Dipakai, surat {self.letter.get_status_display().lower()}"
        return self.row.get_state_display() if self.row else ""

    @property
    def why(self) -> str:
        """What was unusual about the number, the reason that somebody typed, and how its letter ended."""
        return "\n".join(filter(None, [self.row.told, self.row.reason, *self._end()])) if self.row else ""

    def _end(self) -> Iterator[str]:
        letter = self.letter
        if letter and letter.ended_on:
            new = f" oleh surat {letter.replaced_by}" if letter.replaced_by else ""
            what = letter.get_status_display()
            yield f"{what} {short_date(letter.ended_on)}{new}, {letter.ended_by}: {letter.ended_reason}"

    def has(self, words: str) -> bool:
        """Return whether the line contains `words`, in any case."""
        text = " ".join([self.name, self.title, self.agency, self.state, self.why])
        return words.casefold() in text.casefold()


@dataclass(frozen=True)
class Span:
    """A line of the register before it is read: its numbers, and the keys of its first and last row; a gap has none."""

    first: int
    last: int
    keys: tuple[int, ...] = ()


class _NumberFacts(NamedTuple):
    """The facts of a number that decide into which span it goes."""

    pk: int
    satker: str
    running: int
    letter_id: int | None
    state: str
    reason: str
    at: datetime


def register_spans(register: str, year: int, office: Office) -> list[Span]:
    """Return the office's own numbers with the gaps between them, then those with the code of another office.

    This reads no letter. A page counts its lines with it, and reads only those that it shows.
    """
    numbers = RegisterNumber.objects.filter(register=register, year=year)
    rows = [_NumberFacts(*facts) for facts in numbers.values_list(*_NumberFacts._fields)]
    own = _spans([row for row in rows if row.satker == office.satker])
    return [*_with_gaps(own), *_spans([row for row in rows if row.satker != office.satker])]


def register_lines(register: str, year: int, office: Office, spans: Sequence[Span] | None = None) -> list[RegisterLine]:
    """Return the lines of `spans`, which are of this register and year; without `spans` all lines."""
    numbers = RegisterNumber.objects.filter(register=register, year=year)
    if spans is None:
        spans = register_spans(register, year, office)
    else:
        numbers = numbers.filter(pk__in={key for span in spans for key in span.keys})
    rows = numbers.select_related("by", *_JOINED).defer("letter__content", "letter__replacement__content")
    return _lines(spans, rows, RegisterNumber(register=register, satker=office.satker, year=year), office)


def spans_with(words: str, register: str, year: int, office: Office) -> list[Span]:
    """Return the spans of `register_spans` whose lines contain `words`.

    A line is put together from many columns, so the search is not one of the database. It reads only these columns.
    """
    spans = register_spans(register, year, office)
    rows = RegisterNumber.objects.filter(register=register, year=year).select_related(*_JOINED).only(*_SEARCHED)
    place = RegisterNumber(register=register, satker=office.satker, year=year)
    lines = _lines(spans, rows, place, office)
    return [span for span, line in zip(spans, lines, strict=True) if line.has(words)]


def _lines(
    spans: Sequence[Span], rows: QuerySet[RegisterNumber], place: RegisterNumber, office: Office
) -> list[RegisterLine]:
    read = rows.annotate(letter_title=F("letter__content__annex__title")).in_bulk()
    return [_line(span, [read[key] for key in span.keys], place, office) for span in spans]


def _line(span: Span, rows: list[RegisterNumber], place: RegisterNumber, office: Office) -> RegisterLine:
    """Return the line of a span with its first and last row. A gap of the series of `place` has no rows."""
    ends = rows or [
        RegisterNumber(register=place.register, satker=place.satker, year=place.year, running=running)
        for running in (span.first, span.last)
    ]
    name = _span(*[_name(end, office) for end in ends])
    if not rows:
        return RegisterLine(name, span.first, span.last)
    return RegisterLine(name, span.first, span.last, rows[0], getattr(rows[0], "letter_title", None) or "")


def _spans(rows: list[_NumberFacts]) -> Iterator[Span]:
    """Yield a span for each letter, and one for numbers in a row that were explained together."""
    places = {row.pk: row.running - place for place, row in enumerate(rows)}
    for _, group in groupby(rows, key=lambda row: (row.letter_id, row.state, row.reason, row.at, places[row.pk])):
        same = list(group)
        yield Span(same[0].running, same[-1].running, (same[0].pk, same[-1].pk))


def _with_gaps(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, and before a span the numbers that are missing."""
    last = 0
    for span in spans:
        if span.first > last + 1:
            yield Span(last + 1, span.first - 1)
        last = max(last, span.last)
        yield span


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} sampai {last}"


def _name(row: RegisterNumber, office: Office) -> str:
    """Return the number as it is on its letter; without a letter, as a list names it."""
    if row.register in RegisterNumber.IDENTITIES:
        return str(Identity(row.register.upper(), row.year, row.satker, row.running))
    return row.letter.number if row.letter else office.numbering.short(row.running)


def unregistered_letters(register: str, year: int) -> list[tuple[Letter, str]]:
    """Return the letters of the year whose number could not be read, or was another letter's, with that number.

    An identity number is named once, with the last letter that has it.
    """
    family = RegisterNumber.LETTERS if register in RegisterNumber.LETTERS else RegisterNumber.IDENTITIES
    field = "number" if register in RegisterNumber.LETTERS else "identity_number"
    known = RegisterNumber.objects.filter(register__in=family, letter__isnull=False)
    letters = Letter.objects.filter(issued_on__year=year).exclude(pk__in=known.values("letter"))
    if field == "identity_number":
        others = [f"{one.upper()}-" for one in RegisterNumber.IDENTITIES if one != register]
        letters = letters.filter(replacement=None).exclude(identity_number__istartswith=others[0])
    found = letters.select_related("submission__applicant__agency").order_by("issued_at", "pk")
    return [(letter, getattr(letter, field)) for letter in found]
