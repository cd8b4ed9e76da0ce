"""Read the numbers of a letter, suggest the next ones, and write them in their one spelling."""

from collections.abc import Mapping, Sequence
from datetime import date

from office.models import Office
from recommendations.letter.identities import Identity, read_identity
from recommendations.models import Letter, RegisterNumber, Submission

PlacesByRegister = dict[str, RegisterNumber]
"""The place of each number in its register, not saved, by the name of the form's field."""


def suggested_numbers(submission: Submission, *, office: Office, issued_on: date) -> dict[str, str]:
    """Return the suggestions for both numbers, by the names of the form's fields."""
    return {
        "number": suggested_number(office, issued_on),
        "identity_number": suggested_identity(submission, office, issued_on),
    }


def suggested_number(office: Office, issued_on: date) -> str:
    """Return the next letter number: of the office's own register, or of a reserved range; "" when there is none."""
    return next(iter(next_numbers(office, issued_on, count=1)), "")


def next_numbers(office: Office, issued_on: date, *, count: int) -> list[str]:
    """Return the letter numbers that as many letters take one after the other; fewer when no more are reserved."""
    numbering = office.numbering
    runnings = _next_runnings(office, issued_on, count)
    return [numbering.write(numbering.next(running, issued_on)) for running in runnings]


def _next_runnings(office: Office, day: date, count: int) -> list[int]:
    """Return the next running numbers. Nothing is invented in the common register: only reserved numbers are next."""
    place = RegisterNumber(register=office.letter_register, satker=office.satker, year=day.year)
    series = RegisterNumber.objects.in_series_of(place)
    if office.letter_register == Office.LetterRegister.OWN:
        first = series.highest() + 1
        return list(range(first, first + count))
    reserved = series.filter(state=RegisterNumber.State.RESERVED).order_by("running")
    return list(reserved.values_list("running", flat=True)[:count])


def letter_to_replace(submission: Submission) -> Letter | None:
    """Return the submission's letter that is to be replaced; None when there is none."""
    return Letter.objects.being_corrected().filter(submission=submission).first()


def suggested_identity(submission: Submission, office: Office, issued_on: date) -> str:
    """Return the next `K-TT.WWWW.NNN`. The running number starts at 001 for each year and kind of activity.

    A letter that replaces another one keeps its identity number: the activity was recommended once.
    """
    wrong = letter_to_replace(submission)
    if wrong:
        return wrong.identity_number
    kind = submission.instrument.activity_letter
    place = RegisterNumber(register=kind.lower(), satker=office.satker, year=issued_on.year)
    last = RegisterNumber.objects.in_series_of(place).highest()
    return str(Identity(kind, issued_on.year, office.satker, last + 1))


def places_of(numbers: Mapping[str, str], *, office: Office, on: date) -> PlacesByRegister:
    """Return the place of each number that can be read."""
    letter, identity = (
        office.numbering.read(numbers["number"], on=on),
        read_identity(numbers.get("identity_number", "")),
    )
    places = {}
    if letter:
        places["number"] = RegisterNumber(
            register=office.letter_register,
            satker=letter.satker,
            year=letter.year,
            running=letter.running,
            insertion=letter.insertion,
        )
    if identity:
        places["identity_number"] = RegisterNumber(
            register=identity.kind.lower(), satker=identity.satker, year=identity.year, running=identity.running
        )
    return places


def letters_in_words(letters: Sequence[Letter]) -> str:
    """Return the letters for a sentence: `Surat B-001/...`, or `3 surat (B-001/..., B-002/..., B-003/...)`."""
    if len(letters) == 1:
        return f"Surat {letters[0].number}"
    return f"{len(letters)} surat ({', '.join(letter.number for letter in letters)})"


def spelled(numbers: Mapping[str, str], *, office: Office, on: date) -> dict[str, str]:
    """Return the numbers in their one spelling. A number that cannot be read stays as typed."""
    letter, identity = office.numbering.read(numbers["number"], on=on), read_identity(numbers["identity_number"])
    return {
        "number": office.numbering.write(letter) if letter else numbers["number"],
        "identity_number": str(identity) if identity else numbers["identity_number"],
    }


def example_of(office: Office, day: date) -> str:
    """Return a number that follows the office's pattern, for the words of a refusal."""
    return office.numbering.write(office.numbering.next(12, day))
