"""One register of one year as lines: every number, and the numbers between them that nothing explains."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from office.formats import short_date
from office.models import Office
from recommendations.letter.identities import Identity
from recommendations.models import Letter, RegisterNumber
from recommendations.models.numbers import RegisterNumberQuerySet


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


def register_lines(register: str, year: int, office: Office) -> list[RegisterLine]:
    """Return the office's own numbers with the gaps between them, then those with the code of another office."""
    numbers = RegisterNumber.objects.filter(register=register, year=year)
    rows = list(
        numbers.select_related(
            "by", "letter__submission__applicant__agency", "letter__replacement", "letter__ended_by"
        ).defer("letter__content", "letter__replacement__content")
    )
    titles = _titles(numbers)
    own = _lines([row for row in rows if row.satker == office.satker], titles, office)
    others = _lines([row for row in rows if row.satker != office.satker], titles, office)
    return [*_with_gaps(own, register, year, office), *others]


def _titles(numbers: RegisterNumberQuerySet) -> dict[int | None, str]:
    """Return the title of each letter by its key, without reading the other words of the letters."""
    return dict(numbers.filter(letter__isnull=False).values_list("letter_id", "letter__content__annex__title"))


def _lines(rows: list[RegisterNumber], titles: dict[int | None, str], office: Office) -> Iterator[RegisterLine]:
    """Yield a line for each letter, and one for numbers in a row that were explained together."""
    places = {row.pk: row.running - place for place, row in enumerate(rows)}
    for _, group in groupby(rows, key=lambda row: (row.letter_id, row.state, row.reason, row.at, places[row.pk])):
        same = list(group)
        names = [_name(row, office) for row in (same[0], same[-1])]
        title = titles.get(same[0].letter_id, "")
        yield RegisterLine(_span(*names), same[0].running, same[-1].running, same[0], title)


def _with_gaps(lines: Iterable[RegisterLine], register: str, year: int, office: Office) -> Iterator[RegisterLine]:
    """Yield the lines, and before a line the numbers that are missing."""
    last = 0
    for line in lines:
        if line.first > last + 1:
            missing = [
                RegisterNumber(register=register, satker=office.satker, year=year, running=running)
                for running in (last + 1, line.first - 1)
            ]
            yield RegisterLine(_span(*[_name(row, office) for row in missing]), missing[0].running, missing[1].running)
        last = max(last, line.last)
        yield line


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
