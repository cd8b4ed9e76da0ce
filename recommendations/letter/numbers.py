"""Suggest the next free numbers of a letter, and read the running number out of one."""

import re
from datetime import date
from itertools import count

from django.db.models import Max

from office.models import Office
from recommendations.models import Letter, Submission


def suggested_number(office: Office, issued_on: date) -> str:
    """Return the next free letter number of the office's pattern in the year of `issued_on`."""
    last = Letter.objects.filter(issued_on__year=issued_on.year).aggregate(last=Max("sequence"))["last"] or 0
    numbers = (_number(office, issued_on, sequence) for sequence in count(last + 1))
    return next(number for number in numbers if not Letter.objects.filter(number=number).exists())


def _number(office: Office, issued_on: date, sequence: int) -> str:
    return office.letter_pattern.format(urut=sequence, **_pattern_facts(office, issued_on))


def _pattern_facts(office: Office, issued_on: date) -> dict[str, str]:
    return {
        "satker": office.satker,
        "unit": office.unit,
        "klasifikasi": office.letter_classification,
        "bulan": f"{issued_on.month:02}",
        "tahun": str(issued_on.year),
    }


def sequence_of(number: str, *, office: Office, issued_on: date) -> int | None:
    """Return the running number in `number`, or None when it does not match the office's pattern (nomor sisipan)."""
    found = _read("([0-9]{1,6})", number, office, issued_on)
    return int(found[1]) if found else None


def _read(running: str, number: str, office: Office, issued_on: date) -> re.Match[str] | None:
    """Match the number with the office's pattern on that day, with the expression `running` for the running number."""
    parts = re.split(r"\{urut[^}]*\}", office.letter_pattern)
    around = [re.escape(part.format(**_pattern_facts(office, issued_on))) for part in parts]
    return re.fullmatch(running.join(around), number) if len(around) == 2 else None


def other_year_of(number: str, *, office: Office, issued_on: date) -> int | None:
    """Return the year before or after to which the number belongs by the office's pattern, also a nomor sisipan.

    Return None when it belongs to the year of `issued_on`, or to no year.
    """
    if "{tahun" not in office.letter_pattern or _read("(.+)", number, office, issued_on):
        return None
    years = (issued_on.year - 1, issued_on.year + 1)
    months = (date(year, month, 1) for year in years for month in range(1, 13))
    return next((day.year for day in months if _read("(.+)", number, office, day)), None)


def suggested_numbers(submission: Submission, *, office: Office, issued_on: date) -> dict[str, str]:
    """Return the suggestions for both numbers, by the names of the form's fields."""
    return {
        "number": suggested_number(office, issued_on),
        "identity_number": suggested_identity(submission, office, issued_on),
    }


def suggested_identity(submission: Submission, office: Office, issued_on: date) -> str:
    """Return the next `K-TT.WWWW.NNN`. The running number starts at 001 for each year and kind of activity."""
    head = f"{submission.instrument.activity_letter}-{issued_on:%y}.{office.satker}."
    numbers = Letter.objects.filter(identity_number__startswith=head).values_list("identity_number", flat=True)
    last = max((int(number.rpartition(".")[2]) for number in numbers), default=0)
    return f"{head}{last + 1:03}"
