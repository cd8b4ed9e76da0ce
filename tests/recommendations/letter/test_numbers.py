"""Numbers of letters are suggested and read, and no number is used twice."""

from datetime import date

import pytest
from django.utils import timezone

from office.models import Office
from recommendations.letter.actions.issuing import NumberOfOtherYear, NumberTaken, issue_letter
from recommendations.letter.numbers import other_year_of, sequence_of, suggested_identity, suggested_number
from recommendations.models import Letter
from tests.factories import issue, verified_submission

TODAY = date(2026, 11, 22)


def test_the_first_number_of_a_year_is_one(office):
    assert suggested_number(office, TODAY) == "B-001/63710/HM.310/2026"


def test_the_next_number_follows_the_highest_of_the_year(letter, office):
    Letter.objects.update(sequence=71)

    assert suggested_number(office, letter.issued_on).startswith("B-072/")


def test_a_suggested_number_is_free_also_after_a_number_out_of_sequence(letter, office):
    Letter.objects.update(sequence=None, number=f"B-001/63710/HM.310/{letter.issued_on.year}")

    assert suggested_number(office, letter.issued_on).startswith("B-002/")


def test_a_pattern_with_the_month_is_followed(office):
    office.letter_pattern = "B-{urut:03}/{satker}{unit}/{klasifikasi}/{bulan}/{tahun}"

    assert suggested_number(office, date(2026, 2, 3)) == "B-001/63710/HM.310/02/2026"


@pytest.mark.parametrize(
    ("number", "sequence"),
    [
        ("B-071/63710/HM.310/2026", 71),
        ("B-1071/63710/HM.310/2026", 1071),
        ("B-036.01/63710/HM.310/2026", None),  # nomor sisipan
        ("B-071/63710/HM.310/2025", None),
        ("B-٠٧١/63710/HM.310/2026", None),
        ("B-99999999999999999999/63710/HM.310/2026", None),
        ("123", None),
    ],
)
def test_the_running_number_is_read_from_a_number_of_the_offices_pattern(office, number, sequence):
    assert sequence_of(number, office=office, issued_on=TODAY) == sequence


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("B-071/63710/HM.310/2026", None),
        ("B-071/63710/HM.310/2025", 2025),
        ("B-036.01/63710/HM.310/2025", 2025),  # nomor sisipan
        ("B-001/63710/HM.310/2027", 2027),
        ("123", None),
    ],
)
def test_the_other_year_of_a_number_is_read_from_the_offices_pattern(office, number, year):
    assert other_year_of(number, office=office, issued_on=TODAY) == year


def test_a_pattern_without_a_year_has_numbers_of_every_year(office):
    office.letter_pattern = "B-{urut:03}/{satker}"

    numbers = ("B-071/6371", "B-071/63710/HM.310/2025")

    assert [other_year_of(number, office=office, issued_on=TODAY) for number in numbers] == [None, None]


@pytest.mark.parametrize(
    ("field", "number"), [("number", "B-001/63710/HM.310/{}"), ("identity_number", "V-{:.2}.6371.001")]
)
def test_a_letter_gets_no_number_of_the_year_before(verified, kepala, field, number):
    before = str(timezone.localdate().year - 1)
    year = timezone.localdate().year % 100
    wrong = number.format(before[2:] if field == "identity_number" else before)
    numbers = {"number": "B-900", "identity_number": f"V-{year}.6371.900"} | {field: wrong}

    with pytest.raises(NumberOfOtherYear) as refused:
        issue_letter(verified, **numbers, by=kepala)

    assert refused.value.field == field
    assert str(refused.value) == f"Nomor {wrong} bukan nomor tahun {timezone.localdate().year}."


def test_the_next_identity_number_counts_per_kind_and_year(letter, office):
    assert suggested_identity(letter.submission, office, letter.issued_on).endswith("6371.002")
    assert suggested_identity(letter.submission, office, date(2031, 1, 2)) == "V-31.6371.001"


@pytest.mark.parametrize("field", ["number", "identity_number"])
def test_a_number_of_another_letter_is_refused(letter, petugas, kepala, field):
    other = verified_submission(petugas)
    year = letter.issued_on.year % 100
    numbers = {"number": "B-900", "identity_number": f"V-{year}.6371.900"} | {field: getattr(letter, field)}

    with pytest.raises(NumberTaken) as taken:
        issue_letter(other, **numbers, by=kepala)

    assert taken.value.field == field
    assert not Letter.objects.filter(submission=other).exists()


def test_two_submissions_issued_one_after_the_other_get_different_numbers(letter, petugas, kepala):
    other = issue(verified_submission(petugas), by=kepala)

    assert other.number != letter.number
    assert other.identity_number != letter.identity_number
    assert (letter.sequence, other.sequence) == (1, 2)


def test_an_inserted_number_can_be_issued(verified, kepala):
    year = timezone.localdate().year
    numbers = {"number": f"B-036.01/63710/HM.310/{year}", "identity_number": f"V-{year % 100}.6371.036"}

    letter = issue_letter(verified, **numbers, by=kepala)

    assert letter.sequence is None
    assert suggested_number(Office.objects.current(), letter.issued_on).startswith("B-001/")
