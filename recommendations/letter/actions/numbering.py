"""Take the numbers of a letter from their registers, explain numbers that no letter has, and reserve a range."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from office import clock
from office.formats import short_date
from office.models import Office, User
from office.refusals import Refused
from recommendations.letter.number_warnings import FARTHEST, warnings_of
from recommendations.letter.numbers import PlacesByRegister, example_of, places_of
from recommendations.models import Letter, RegisterNumber
from recommendations.models.numbers import RegisterNumberQuerySet

LONGEST_RANGE = 1000


class NumberRefused(Refused):
    """Raised when the letter cannot have this number. `field` is the name of the form field."""

    def __init__(self, field: str, words: str):
        self.field = field
        super().__init__(words)


class NumberTaken(NumberRefused):
    """Raised when the number is in its register already, perhaps in another spelling."""

    def __init__(self, field: str, number: str, row: RegisterNumber | None = None):
        why = "sudah dinyatakan batal" if row and row.state == RegisterNumber.State.VOID else "sudah dipakai surat lain"
        super().__init__(field, f"Nomor {number} {why}.")


class NumberUnreadable(NumberRefused):
    """Raised when the number does not follow the office's pattern: the register cannot tell whether it is free."""

    def __init__(self, field: str, number: str, example: str):
        super().__init__(field, f"Nomor {number} tidak mengikuti pola kantor. Tulis seperti {example}.")


class ImpossibleYear(NumberRefused):
    """Raised when the year of an identity number is later than today's, or long before the submission."""

    def __init__(self, number: str, year: int):
        super().__init__("identity_number", f"Nomor {number} tidak mungkin: tahunnya {year}.")


class IdentityStays(NumberRefused):
    """Raised when a letter that replaces another one would get another identity number."""

    def __init__(self, replaced: Letter):
        super().__init__(
            "identity_number", f"Surat pengganti memakai identitas rekomendasi yang sama: {replaced.identity_number}."
        )


class ReasonWanted(NumberRefused):
    """Raised when a number is unusual and has no reason yet. `warnings` has the sentences by form field."""

    def __init__(self, warnings: Mapping[str, list[str]]):
        self.warnings = dict(warnings)
        words = " ".join(sentence for sentences in warnings.values() for sentence in sentences)
        super().__init__(next(iter(warnings)), f"{words} Tulis alasannya bila nomor ini benar.")


class RangeRefused(Refused):
    """Raised when the numbers of a range cannot be made void or reserved."""


@dataclass(frozen=True)
class Explained:
    """A reason for unusual numbers, and the warnings that the page had shown; None without a page."""

    reason: str = ""
    told: Mapping[str, list[str]] | None = None


def find_places(letter: Letter, office: Office, explained: Explained) -> PlacesByRegister:
    """Return the places of the letter's numbers, not saved yet. Call with the office's row locked.

    Raise NumberUnreadable, ImpossibleYear, NumberTaken, and ReasonWanted when something unusual has no reason, or was
    not shown when the reason was typed.
    """
    places = _readable(letter, office)
    _must_keep_the_identity(letter)
    _must_be_a_possible_year(letter, places.get("identity_number"))
    for field, number in _typed(letter).items():
        _must_be_free(field, number, places[field])
    warnings = warnings_of(letter, places, office)
    if warnings and (not explained.reason or explained.told not in (None, warnings)):
        raise ReasonWanted(warnings)
    return {field: _row(place, warnings.get(field, []), explained.reason) for field, place in places.items()}


def _typed(letter: Letter) -> dict[str, str]:
    """Return the numbers that the letter takes. A letter that replaces another one takes no identity number."""
    identity = {} if letter.replaces else {"identity_number": letter.identity_number}
    return {"number": letter.number, **identity}


def _must_keep_the_identity(letter: Letter) -> None:
    """Raise IdentityStays."""
    if letter.replaces and letter.replaces.identity_number != letter.identity_number:
        raise IdentityStays(letter.replaces)


def _readable(letter: Letter, office: Office) -> PlacesByRegister:
    """Return the places of both numbers. Raise NumberUnreadable."""
    places = places_of(_typed(letter), office=office, on=letter.issued_on)
    for field, number in _typed(letter).items():
        if field not in places:
            raise NumberUnreadable(field, number, _example(field, letter, office))
    return places


def _example(field: str, letter: Letter, office: Office) -> str:
    if field == "number":
        return example_of(office, letter.issued_on)
    return f"{letter.submission.instrument.activity_letter}-{letter.issued_on:%y}.{office.satker}.001"


def _must_be_a_possible_year(letter: Letter, place: RegisterNumber | None) -> None:
    """Raise ImpossibleYear. A number of the year before the submission may have come from Romantik in December."""
    if place and not letter.submission.year - 1 <= place.year <= letter.issued_on.year:
        raise ImpossibleYear(letter.identity_number, place.year)


def _must_be_free(field: str, number: str, place: RegisterNumber) -> None:
    row = RegisterNumber.objects.of_place(place)
    if (row and not row.is_reserved) or Letter.objects.filter(**{field: number}).exists():
        raise NumberTaken(field, number, row)


def _row(place: RegisterNumber, warnings: list[str], reason: str) -> RegisterNumber:
    """Return the row to save: the reserved one, which keeps who reserved it and why, or the new one."""
    row = RegisterNumber.objects.of_place(place) or place
    reserved = [_reservation(row)] if row.is_reserved else []
    row.told = " ".join([*reserved, *warnings])[:500]
    row.reason = "\n".join(filter(None, [row.reason, reason if warnings else ""]))
    return row


def _reservation(row: RegisterNumber) -> str:
    return f"Dipesan {row.by}, {short_date(row.at)}."


def save_with_numbers(letter: Letter, places: PlacesByRegister, *, by: User) -> None:
    """Save the letter and its numbers. Raise NumberTaken when another letter took one in the meantime.

    The register names the last letter with an identity number.
    """
    try:
        with transaction.atomic():
            letter.save()
            for place in places.values():
                place.letter, place.state = letter, RegisterNumber.State.USED
                place.by, place.at = by, letter.issued_at
                place.save()
            if letter.replaces:
                identities = letter.replaces.numbers.filter(register__in=RegisterNumber.IDENTITIES)
                identities.update(letter=letter)
    except IntegrityError as problem:
        raise NumberTaken("number", letter.number) from problem


@transaction.atomic
def void_numbers(*, register: str, year: int, first: int, last: int, reason: str, by: User) -> int:
    """Explain why no letter has these numbers of a register, and return how many they are. Raise RangeRefused.

    A reserved number can be void too, and keeps who reserved it and why. A void number is never given again.
    """
    _must_be_a_range(first, last)
    place = _series(register, year)
    _must_be_near(place, first, last)
    rows = RegisterNumber.objects.in_series_of(place).whole().filter(running__range=(first, last))
    _must_be_without(rows.exclude(state=RegisterNumber.State.RESERVED), "sudah dipakai atau sudah batal")
    known = set(rows.values_list("running", flat=True))
    explained = {"state": RegisterNumber.State.VOID, "reason": reason, "by": by, "at": timezone.now()}
    for row in rows.select_related("by"):
        _make_void(row, explained)
    _create(place, [running for running in range(first, last + 1) if running not in known], explained)
    return last - first + 1


def _make_void(row: RegisterNumber, explained: Mapping[str, Any]) -> None:
    """Make a reserved number void."""
    row.told = f"{_reservation(row)} {row.reason}"[:500]
    for name, value in explained.items():
        setattr(row, name, value)
    row.save()


@transaction.atomic
def reserve_numbers(*, year: int, first: int, last: int, reason: str, by: User) -> int:
    """Reserve a range that the office's common register gave to this desk; return how many. Raise RangeRefused."""
    _must_be_a_range(first, last)
    place = _series(RegisterNumber.Register.COMMON, year)
    if not clock.today().year <= year <= clock.today().year + 1:
        raise RangeRefused(f"Nomor tahun {year} tidak dapat dipesan lagi.")
    rows = RegisterNumber.objects.in_series_of(place).whole().filter(running__range=(first, last))
    _must_be_without(rows, "sudah ada pada register")
    reserved = {"state": RegisterNumber.State.RESERVED, "reason": reason, "by": by, "at": timezone.now()}
    _create(place, list(range(first, last + 1)), reserved)
    return last - first + 1


def _series(register: str, year: int) -> RegisterNumber:
    """Return the place of the office's own series, with the office's row locked as while a letter is issued."""
    office = Office.objects.locked()
    return RegisterNumber(register=register, satker=office.satker, year=year)


def _must_be_a_range(first: int, last: int) -> None:
    if last - first >= LONGEST_RANGE:
        raise RangeRefused(f"Paling banyak {LONGEST_RANGE} nomor sekaligus.")


def _must_be_near(place: RegisterNumber, first: int, last: int) -> None:
    """Raise RangeRefused for numbers that have not come yet: the next number would follow them."""
    highest = RegisterNumber.objects.in_series_of(place).highest()
    if last > highest + FARTHEST:
        raise RangeRefused(f"Nomor {last} terlalu jauh: nomor terakhir {highest or 'belum ada'}.")


def _must_be_without(rows: RegisterNumberQuerySet, words: str) -> None:
    row = rows.first()
    if row:
        raise RangeRefused(f"Nomor {row} {words}.")


def _create(place: RegisterNumber, numbers: list[int], explained: Mapping[str, Any]) -> None:
    facts = {"register": place.register, "satker": place.satker, "year": place.year, **explained}
    RegisterNumber.objects.bulk_create([RegisterNumber(running=running, **facts) for running in numbers])
