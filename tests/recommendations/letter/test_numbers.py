"""Numbers of letters are suggested, read, kept in their registers, and no number is used twice."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from office.models import Office
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.actions.numbering import (
    ImpossibleYear,
    NumberTaken,
    NumberUnreadable,
    ReasonWanted,
    reserve_numbers,
    void_numbers,
)
from recommendations.letter.identities import Identity, read_identity
from recommendations.letter.numbers import suggested_identity, suggested_number
from recommendations.models import Letter, RegisterNumber
from tests.factories import issue, verified_submission

TODAY = date(2026, 11, 22)
YEAR = timezone.localdate().year
NUMBERS = {"number": f"B-001/63710/HM.310/{YEAR}", "identity_number": f"V-{YEAR % 100}.6371.001"}
NEXT = {"number": f"B-002/63710/HM.310/{YEAR}", "identity_number": f"V-{YEAR % 100}.6371.002"}


@pytest.fixture
def other(letter, petugas):
    """A second submission that waits, beside the letter with the numbers 001."""
    return verified_submission(petugas)


def common(office) -> Office:
    """Number letters in the office's common register."""
    office.letter_register = Office.LetterRegister.COMMON
    office.save()
    return office


def warnings_of(submission, kepala, **numbers: str) -> dict[str, list[str]]:
    """Try to issue without a reason, and return the warnings."""
    with pytest.raises(ReasonWanted) as wanted:
        issue_letter(submission, **NEXT | numbers, by=kepala)
    assert not Letter.objects.filter(submission=submission).exists()
    return wanted.value.warnings


def test_the_first_number_of_a_year_is_one(office):
    assert suggested_number(office, TODAY) == "B-001/63710/HM.310/2026"


def test_the_next_number_follows_the_highest_of_the_year(letter, office):
    RegisterNumber.objects.filter(register="own").update(running=71)

    assert suggested_number(office, letter.issued_on).startswith("B-072/")
    assert suggested_number(office, date(YEAR + 1, 1, 2)).startswith("B-001/")


def test_a_number_is_not_suggested_after_the_one_of_another_office(letter, office):
    RegisterNumber.objects.filter(register="own").update(running=71, satker="7301")

    assert suggested_number(office, letter.issued_on).startswith("B-001/")


def test_a_pattern_with_the_month_is_followed(office):
    office.letter_pattern = "B-{urut:03}/{satker}{unit}/{klasifikasi}/{bulan}/{tahun}"

    assert suggested_number(office, date(2026, 2, 3)) == "B-001/63710/HM.310/02/2026"


def test_nothing_is_suggested_in_the_common_register(letter, office):
    assert suggested_number(common(office), letter.issued_on) == ""


def test_a_reserved_range_of_the_common_register_is_suggested_in_order(verified, petugas, kepala, office):
    common(office)
    reserve_numbers(year=YEAR, first=117, last=118, reason="Dari tata usaha.", by=petugas)
    today = timezone.localdate()

    first = suggested_number(office, today)
    issue(verified, by=kepala)
    second = suggested_number(office, today)
    issue(verified_submission(petugas), by=kepala)

    assert (first[:6], second[:6], suggested_number(office, today)) == ("B-117/", "B-118/", "")
    assert {(row.state, row.reason) for row in RegisterNumber.objects.filter(register="common")} == {
        ("used", "Dari tata usaha.")
    }


def test_the_next_identity_number_counts_per_kind_and_year(letter, office):
    assert suggested_identity(letter.submission, office, letter.issued_on).endswith("6371.002")
    assert suggested_identity(letter.submission, office, date(2031, 1, 2)) == "V-31.6371.001"


@given(st.sampled_from("VK"), st.integers(2000, 2099), st.from_regex(r"\A[0-9]{4}\Z"), st.integers(1, 999))
def test_every_identity_number_that_is_written_is_read_back(kind, year, satker, running):
    identity = Identity(kind, year, satker, running)

    assert read_identity(str(identity)) == identity
    assert read_identity(f" {str(identity).lower()} ") == identity


@given(st.text(max_size=20))
def test_any_text_is_an_identity_number_or_none(typed):
    identity = read_identity(typed)

    assert identity is None or read_identity(str(identity)) == identity


@pytest.mark.parametrize(
    "typed", ["", "V-31.", "V-26.6371.1", "V-26.6371.000", "X-26.6371.001", "V-\u0662\u0666.6371.001"]
)
def test_a_text_that_is_no_identity_number_is_not_read(typed):
    assert [read_identity(text) for text in (typed, "K-26.6371.001")] == [None, Identity("K", 2026, "6371", 1)]


def test_both_numbers_of_an_issued_letter_are_in_their_registers(letter, kepala):
    rows = {row.register: row for row in letter.numbers.all()}

    assert set(rows) == {"own", "v"}
    for row in rows.values():
        assert (row.satker, row.year, row.running, row.insertion) == ("6371", YEAR, 1, 0)
        assert (row.state, row.by, row.at, row.reason, row.told) == ("used", kepala, letter.issued_at, "", "")


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("number", f"B-001/63710/HM.310/{YEAR}"),
        ("number", f"B-1/63710/HM.310/{YEAR}"),
        ("number", f"b-01/63710/hm.310/{YEAR}"),
        ("number", f"B-1/63710/KS.200/{YEAR}"),
        ("number", f" B - 1/63710/HM.310/{YEAR}"),
        ("identity_number", f"V-{YEAR % 100}.6371.001"),
        ("identity_number", f"v-{YEAR % 100}.6371.001"),
    ],
)
def test_a_number_of_another_letter_is_refused_in_any_spelling(other, kepala, field, number):
    with pytest.raises(NumberTaken) as taken:
        issue_letter(other, **NEXT | {field: number}, number_reason="Sudah benar.", by=kepala)

    assert taken.value.field == field
    assert not Letter.objects.filter(submission=other).exists()


def test_a_number_of_the_own_register_is_taken_in_the_common_register_too(other, kepala, office):
    common(office)

    with pytest.raises(NumberTaken):
        issue_letter(other, **NEXT | {"number": f"B-1/63710/KS.200/{YEAR}"}, by=kepala)


@pytest.mark.parametrize("field", ["number", "identity_number"])
def test_the_text_of_an_older_letter_is_taken_although_no_register_has_it(other, letter, kepala, field):
    letter.numbers.all().delete()

    with pytest.raises(NumberTaken) as taken:
        issue_letter(other, **NEXT | {field: getattr(letter, field)}, by=kepala)

    assert taken.value.field == field


def test_a_void_number_is_refused_as_void(other, petugas, kepala):
    void_numbers(register="own", year=YEAR, first=2, last=2, reason="Salah cetak.", by=petugas)

    with pytest.raises(NumberTaken) as taken:
        issue_letter(other, **NEXT, by=kepala)

    assert str(taken.value) == f"Nomor {NEXT['number']} sudah dinyatakan batal."


def test_a_number_is_printed_in_its_one_spelling(verified, kepala):
    typed = {"number": f"b-1/63710/hm.310/{YEAR}", "identity_number": f"v-{YEAR % 100}.6371.001"}

    letter = issue_letter(verified, **typed, by=kepala)

    assert {"number": letter.number, "identity_number": letter.identity_number} == NUMBERS
    assert (letter.content["number"], letter.content["identity_number"]) == tuple(NUMBERS.values())


def test_a_number_that_does_not_follow_the_pattern_is_refused_with_an_example(verified, kepala):
    with pytest.raises(NumberUnreadable) as refused:
        issue_letter(verified, **NUMBERS | {"number": "B-900"}, number_reason="x", by=kepala)

    assert str(refused.value).endswith(f"tidak mengikuti pola kantor. Tulis seperti B-012/63710/HM.310/{YEAR}.")


@pytest.mark.parametrize(
    ("field", "number", "words"),
    [
        ("number", f"B-002/63710/HM.310/{YEAR - 1}", f"Nomor ini nomor tahun {YEAR - 1}, bukan tahun {YEAR}."),
        ("number", f"B-002/73010/HM.310/{YEAR}", "Nomor ini memuat kode kantor 7301, bukan 6371."),
        ("number", f"B-002/63711/HM.310/{YEAR}", "Nomor ini memuat kode unit 1, bukan 0."),
        ("number", f"B-002/6371/HM.310/{YEAR}", "Nomor ini memuat kode unit kosong, bukan 0."),
        ("number", f"B-002/63710/XX.999/{YEAR}", "Nomor ini memuat kode klasifikasi XX.999, bukan HM.310."),
        ("number", f"B-012/63710/HM.310/{YEAR}", "Nomor ini melompati 10 nomor sejak nomor terakhir 1."),
        ("number", f"B-500/63710/HM.310/{YEAR}", "Nomor ini melompati 498 nomor sejak nomor terakhir 1."),
        ("number", f"B-001.1/63710/HM.310/{YEAR}", "Nomor ini nomor sisipan pada nomor 1."),
        (
            *("number", f"B-036.1/63710/HM.310/{YEAR}"),
            "Nomor ini nomor sisipan, dan nomor dasarnya 36 tidak ada pada register.",
        ),
        (
            *("identity_number", f"V-{(YEAR - 1) % 100}.6371.002"),
            f"Nomor ini nomor tahun {YEAR - 1}, bukan tahun {YEAR}.",
        ),
        ("identity_number", f"V-{YEAR % 100}.9999.001", "Nomor ini memuat kode kantor 9999, bukan 6371."),
        ("identity_number", f"V-{YEAR % 100}.6371.012", "Nomor ini melompati 10 nomor sejak nomor terakhir 1."),
    ],
)
def test_an_unusual_number_is_reported_and_taken_only_with_a_reason(other, kepala, field, number, words):
    told = warnings_of(other, kepala, **{field: number})

    issued = issue_letter(other, **NEXT | {field: number}, number_reason="Menurut Contoh.", by=kepala)

    assert told == {field: [words]}
    unusual, usual = (row for row in issued.numbers.order_by("-reason"))
    assert (unusual.reason, unusual.told) == ("Menurut Contoh.", words)
    assert (usual.reason, usual.told) == ("", "")


def test_a_jump_of_ten_is_usual(other, kepala):
    issued = issue_letter(other, **NEXT | {"number": f"B-011/63710/HM.310/{YEAR}"}, by=kepala)

    assert issued.number.startswith("B-011/")


def test_the_month_of_a_number_is_reported(verified, kepala, office):
    office.letter_pattern = "B-{urut}/{satker}/{bulan}/{tahun}"
    office.save()
    month = timezone.localdate().month
    number = f"B-1/6371/{month % 12 + 1:02}/{YEAR}"

    told = warnings_of(verified, kepala, **NUMBERS | {"number": number})

    assert told == {"number": [f"Nomor ini nomor bulan {month % 12 + 1:02}, bukan bulan {month:02}."]}


def test_a_jump_in_the_common_register_says_nothing(other, kepala, office):
    common(office)

    issued = issue_letter(other, **NEXT | {"number": f"B-117/63710/HM.310/{YEAR}"}, by=kepala)

    assert issued.numbers.filter(register="common", running=117).exists()


@pytest.mark.parametrize("register", ["own", "common"])
def test_a_number_below_the_one_of_an_earlier_day_is_reported(other, letter, kepala, office, register):
    Office.objects.update(letter_register=register)
    letter.numbers.filter(register="own").update(running=7)
    Letter.objects.update(issued_on=letter.issued_on - timedelta(days=1))

    told = warnings_of(other, kepala)

    (words,) = told["number"]
    assert words.startswith("Nomor 7 sudah dipakai pada ")
    assert words.endswith(", jadi nomor ini mundur.")


def test_a_number_below_another_one_of_the_same_day_is_usual(other, letter, kepala):
    letter.numbers.filter(register="own").update(running=7)

    assert issue_letter(other, **NEXT, by=kepala).number == NEXT["number"]


def test_a_reserved_number_needs_no_reason_of_its_own(other, letter, petugas, kepala, office):
    reserve_numbers(year=YEAR, first=3, last=4, reason="Dari tata usaha.", by=petugas)
    letter.numbers.filter(register="own").update(running=7)
    Letter.objects.update(issued_on=letter.issued_on - timedelta(days=1))
    common(office)

    issued = issue_letter(other, **NEXT | {"number": f"B-003/63710/HM.310/{YEAR}"}, by=kepala)

    row = issued.numbers.get(register="common")
    assert (row.state, row.reason, row.by) == ("used", "Dari tata usaha.", kepala)
    assert row.told.startswith("Dipesan Rina Contoh, ")


@pytest.mark.parametrize("year", [YEAR + 1, YEAR - 2, 2000])
def test_an_impossible_year_of_an_identity_number_is_refused_also_with_a_reason(other, kepala, year):
    number = f"V-{year % 100:02}.6371.002"

    with pytest.raises(ImpossibleYear) as refused:
        issue_letter(other, **NEXT | {"identity_number": number}, number_reason="Sudah benar.", by=kepala)

    assert str(refused.value) == f"Nomor {number} tidak mungkin: tahunnya {year}."


def test_two_submissions_issued_one_after_the_other_get_different_numbers(letter, petugas, kepala):
    second = issue(verified_submission(petugas), by=kepala)

    assert second.number != letter.number
    assert second.identity_number != letter.identity_number
    assert sorted(RegisterNumber.objects.values_list("register", "running")) == [
        ("own", 1),
        ("own", 2),
        ("v", 1),
        ("v", 2),
    ]


def test_an_inserted_number_does_not_move_the_next_one(other, letter, kepala, office):
    typed = NEXT | {"number": f"B-001.1/63710/HM.310/{YEAR}"}

    issued = issue_letter(other, **typed, number_reason="Terlewat.", by=kepala)

    assert issued.numbers.get(register="own").insertion == 1
    assert suggested_number(office, letter.issued_on).startswith("B-002/")


def test_the_database_holds_a_number_once_a_register_and_year(letter):
    row = letter.numbers.get(register="own")

    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterNumber.objects.create(
            **{name: getattr(row, name) for name in ("register", "satker", "year", "running", "by")},
            state="void",
            reason="Salah cetak.",
        )


@pytest.mark.parametrize("facts", [{"state": "used", "reason": "x"}, {"state": "void"}, {"state": "reserved"}])
def test_the_database_wants_a_letter_or_a_reason(office, kepala, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterNumber.objects.create(register="own", satker="6371", year=YEAR, running=1, by=kepala, **facts)


def test_a_number_taken_between_the_look_and_the_save_is_refused(other, letter, kepala, monkeypatch):
    """The office's row is locked; the constraint holds also where a lock does not."""
    monkeypatch.setattr("recommendations.letter.actions.numbering._must_be_free", lambda *args: None)
    monkeypatch.setattr(RegisterNumber.objects.all().__class__, "of_place", lambda self, place: None)

    with pytest.raises(NumberTaken):
        issue_letter(other, **NEXT | {"number": f"B-1/63710/KS.200/{YEAR}"}, by=kepala)

    assert not Letter.objects.filter(submission=other).exists()
