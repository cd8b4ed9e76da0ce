"""The pattern of letter numbers: what it may be, and numbers that are written and read back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from office.letter_patterns import NotAPattern, Numbering, check_pattern

DAY = date(2026, 11, 22)
OWN = Numbering("B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}", "6371", "0", "HM.310")
PLAIN = Numbering("B-{urut}/{satker}/{klasifikasi}/{tahun}", "7301", "", "KS.200")
TEXTS = st.text("B-/. ", max_size=3)
OTHERS = ("satker", "unit", "klasifikasi", "bulan")


@st.composite
def patterns(draw) -> str:
    """Return a pattern that the office may enter."""
    others = draw(st.lists(st.sampled_from(OTHERS), unique=True))
    parts = draw(st.permutations(["urut", "tahun", *others]))
    width = draw(st.sampled_from(["", ":01", ":03", ":06"]))
    pattern = "".join(draw(TEXTS) + f"{{{part}{width if part == 'urut' else ''}}}" for part in parts) + draw(TEXTS)
    try:
        check_pattern(pattern)
    except NotAPattern:
        assume(False)
    return pattern


@given(patterns(), st.integers(1, 999_999), st.integers(0, 999), st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_every_number_that_is_written_is_read_back(pattern, running, insertion, day):
    numbering = replace(OWN, pattern=pattern)
    number = replace(numbering.next(running, day), insertion=insertion)

    written = numbering.write(number)

    assert numbering.read(written, on=day) == number
    assert numbering.read(written.lower(), on=day) == number


@given(st.text(max_size=40))
def test_any_text_is_read_or_not_without_a_fault(typed):
    number = OWN.read(typed, on=DAY)

    assert number is None or OWN.read(OWN.write(number), on=DAY) == number


@pytest.mark.parametrize(
    "typed",
    [
        "B-002/63710/HM.310/2026",
        "B-2/63710/HM.310/2026",
        "b-0002/63710/hm.310/2026",
        " B - 2 / 63710 / HM.310 / 2026 ",
        "B\N{EN DASH}002/63710/HM.310/2026",
    ],
)
def test_every_spelling_of_a_number_is_one_number(typed):
    number = OWN.read(typed, on=DAY)

    assert (number.running, number.insertion, OWN.write(number)) == (2, 0, "B-002/63710/HM.310/2026")


@pytest.mark.parametrize(
    ("numbering", "typed", "running", "insertion", "written"),
    [
        (PLAIN, "B-83.1/7301/KS.200/2026", 83, 1, "B-83.1/7301/KS.200/2026"),
        (PLAIN, "B-108.2/7301/KS.200/2026", 108, 2, "B-108.2/7301/KS.200/2026"),
        (OWN, "B-036.01/63710/HM.310/2026", 36, 1, "B-036.1/63710/HM.310/2026"),
        (OWN, "B-036/63710/KS.200/2026", 36, 0, "B-036/63710/KS.200/2026"),
        (OWN, "B-1071/63710/HM.310/2026", 1071, 0, "B-1071/63710/HM.310/2026"),
        (replace(OWN, classification="Hm.310"), "b-1/63710/hm.310/2026", 1, 0, "B-001/63710/Hm.310/2026"),
        (replace(OWN, unit=""), "B-1/6371/HM.310/2026", 1, 0, "B-001/6371/HM.310/2026"),
    ],
)
def test_a_number_is_read_in_its_parts_and_written_in_one_spelling(numbering, typed, running, insertion, written):
    number = numbering.read(typed, on=DAY)

    assert (number.running, number.insertion, numbering.write(number)) == (running, insertion, written)


def test_the_year_the_office_and_the_unit_are_read_from_the_number():
    number = OWN.read("B-7/73012/KS.200/2025", on=DAY)

    assert (number.year, number.satker, number.unit, number.classification) == (2025, "7301", "2", "KS.200")


def test_parts_that_the_pattern_does_not_have_are_those_of_the_day_and_the_office():
    number = replace(OWN, pattern="B-{urut}/{tahun}").read("B-7/2026", on=DAY)

    assert (number.month, number.satker, number.unit) == (11, "6371", "0")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123",
        "B-000/63710/HM.310/2026",
        "B-1.0/63710/HM.310/2026",
        "B-1.1000/63710/HM.310/2026",
        "B-99999999999999999999/63710/HM.310/2026",
        "B-\u0660\u0667\u0661/63710/HM.310/2026",
        "B-1/63710/HM.310/2026/2",
        "B-1/63710/lain-lain/2026",
        "B-" + "1" * 10_000,
    ],
)
def test_a_number_that_does_not_follow_the_pattern_is_not_read(typed):
    assert [OWN.read(text, on=DAY) for text in (typed, OWN.write(OWN.next(1, DAY)))] == [None, OWN.next(1, DAY)]


def test_the_beginning_of_a_number_stands_for_it_in_lists():
    assert (OWN.short(12), PLAIN.short(12)) == ("B-012", "B-12")


@pytest.mark.parametrize(
    "pattern",
    [
        "B-{urut!s:.0}/{tahun}",
        "B-{urut:0999999999}/{tahun}",
        "B-{urut:07}/{tahun}",
        "B-{urut:00}/{tahun}",
        "B-{urut:>3}/{tahun}",
        "B-{urut:03d}/{tahun}",
        "B-{urut.real}/{tahun}",
        "B-{urut[0]}/{tahun}",
        "B-{urut}/{tahun:04}",
        "B-{{urut}}/{urut}/{tahun}",
        "B-{0}/{urut}/{tahun}",
        "B-{}/{urut}/{tahun}",
        "B-{urut}/{nomor}/{tahun}",
        "B-{urut}/{tahun",
        "B-{urut}/{tahun}}",
        "B-{urut}-{urut}/{tahun}",
        "B-{urut}/{tahun}/{tahun}",
        "B-{urut}/{satker}/{satker}/{tahun}",
        "B-{tahun}",
        "B-{urut}",
        "B-{urut}{tahun}",
        "B-{urut} {tahun}",
        "B-{satker}{urut}/{tahun}",
        "B-7{urut}/{tahun}",
        "B-{urut}0/{tahun}",
        "",
    ],
)
def test_any_other_pattern_is_refused(pattern):
    with pytest.raises(NotAPattern):
        check_pattern(pattern)


@pytest.mark.parametrize("pattern", [OWN.pattern, PLAIN.pattern, "{urut:06}/{bulan}/{tahun}", "No. {urut}/{tahun}"])
def test_the_patterns_of_offices_are_taken(pattern):
    check_pattern(pattern)
