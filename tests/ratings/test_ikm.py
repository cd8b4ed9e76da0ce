"""The index is exact: weight 1/9, rounded once at the end, and the class is that of the rounded index."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.ikm import (
    NotSkmAnswers,
    Tally,
    ikm,
    krejcie_morgan,
    lowest,
    mutu,
    nrr,
    share_alike,
    tally_of,
    to_two_decimals,
)
from ratings.instruments import SKM_9
from tests.factories import skm_answers

KEYS = SKM_9.keys
WORKED = Tally(29, dict(zip(KEYS, (105, 101, 100, 116, 102, 105, 106, 105, 115), strict=True)))
NONE = Tally(0, skm_answers(0))
RESPONDENTS = st.lists(st.fixed_dictionaries({key: st.integers(1, 4) for key in KEYS}), min_size=1, max_size=40)


def test_the_worked_example_gives_91_48_and_a():
    index = ikm(WORKED)

    assert str(index) == "91.48"
    assert (mutu(index).letter, mutu(index).words) == ("A", "Sangat Baik")


def test_the_weight_is_exactly_one_ninth():
    with_eleven_hundredths = 25 * sum(Fraction(11, 100) * mean for mean in nrr(WORKED).values())

    assert to_two_decimals(with_eleven_hundredths) == Decimal("90.56")
    assert ikm(WORKED) == Decimal("91.48")


def test_without_respondents_there_is_no_index():
    assert tally_of([]) == NONE
    assert (ikm(NONE), nrr(NONE), lowest(NONE, 3), share_alike([])) == (None, {}, [], None)


@pytest.mark.parametrize(
    ("index", "letter", "words"),
    [
        ("100.00", "A", "Sangat Baik"),
        ("88.31", "A", "Sangat Baik"),
        ("88.30", "B", "Baik"),
        ("76.61", "B", "Baik"),
        ("76.60", "C", "Kurang Baik"),
        ("65.00", "C", "Kurang Baik"),
        ("64.99", "D", "Tidak Baik"),
        ("25.00", "D", "Tidak Baik"),
    ],
)
def test_a_class_begins_at_its_lowest_index(index, letter, words):
    assert (mutu(Decimal(index)).letter, mutu(Decimal(index)).words) == (letter, words)


@pytest.mark.parametrize(
    ("n", "total", "index", "letter"),
    [
        # total of all answers; 25 x total / 9 n lies between the two decimals
        (1000, 31790, "88.31", "A"),  # 88.3056
        (1000, 31789, "88.30", "B"),  # 88.3028
        (2000, 55157, "76.61", "B"),  # 76.6069
        (2000, 55155, "76.60", "C"),  # 76.6042
        (2000, 46797, "65.00", "C"),  # 64.9958
        (2000, 46796, "64.99", "D"),  # 64.9944
        (1, 9, "25.00", "D"),
        (1, 36, "100.00", "A"),
    ],
)
def test_the_class_is_taken_after_rounding(n, total, index, letter):
    sums = dict.fromkeys(KEYS, total // 9) | {"waktu": total // 9 + total % 9}

    found = ikm(Tally(n, sums))

    assert (str(found), mutu(found).letter) == (index, letter)


@given(RESPONDENTS)
def test_the_index_equals_exact_fractions(given_answers):
    means = [Fraction(sum(answers[key] for answers in given_answers), len(given_answers)) for key in KEYS]
    exact = sum(Fraction(1, 9) * mean for mean in means) * 25

    index = ikm(tally_of(given_answers))

    assert index == half_up(exact)
    assert abs(Fraction(index) - exact) <= Fraction(5, 1000)
    assert 25 <= index <= 100


def half_up(value: Fraction) -> Decimal:
    """Return the value to two decimals, by long division of decimals; a tie is seen, because no digit is lost."""
    thousandths, rest = divmod(value * 1000, 1)
    return (Decimal(int(thousandths)) / 1000 + (Decimal("0.0001") if rest else 0)).quantize(
        Decimal("0.01"), rounding=ROUND_HALF_UP
    )


@given(RESPONDENTS, st.randoms())
def test_the_order_of_the_respondents_does_not_matter(given_answers, random):
    mixed = random.sample(given_answers, len(given_answers))

    assert tally_of(mixed) == tally_of(given_answers)
    assert ikm(tally_of(mixed)) == ikm(tally_of(given_answers))


@given(RESPONDENTS, st.sampled_from(KEYS))
def test_a_better_answer_never_lowers_the_index(given_answers, key):
    better = [answers | {key: 4} for answers in given_answers]

    assert ikm(tally_of(better)) >= ikm(tally_of(given_answers))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(Fraction(5, 1000), "0.01"), (Fraction(4999, 10**6), "0.00"), (Fraction(88305, 1000), "88.31"), (4, "4.00")],
)
def test_a_half_is_rounded_up(value, rounded):
    assert str(to_two_decimals(Fraction(value))) == rounded


@pytest.mark.parametrize("wrong", [{}, {"waktu": 4}, skm_answers(5), skm_answers(4, korupsi=4), skm_answers(10)])
def test_answers_of_another_instrument_are_not_counted(wrong):
    with pytest.raises(NotSkmAnswers):
        tally_of([skm_answers(4), wrong])


def test_the_lowest_come_first_and_equal_ones_in_the_official_order():
    assert lowest(WORKED, 3) == ["waktu", "prosedur", "produk"]
    assert lowest(Tally(1, skm_answers(4)), 3) == ["persyaratan", "prosedur", "waktu"]
    assert lowest(Tally(1, skm_answers(4, pengaduan=1, sarana=2)), 3) == ["pengaduan", "sarana", "persyaratan"]


def test_the_share_of_those_who_answered_all_nine_alike():
    assert share_alike([skm_answers(4), skm_answers(3), skm_answers(3, waktu=4)]) == Fraction(2, 3)


@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (0, 0),
        (1, 1),
        (10, 10),
        (15, 14),
        (20, 19),
        (30, 28),
        (50, 44),
        (75, 63),
        (100, 80),
        (200, 132),
        (500, 217),
        (1000, 278),
        (10_000, 370),
        (1_000_000, 384),
    ],
)
def test_the_sample_is_that_of_the_published_table(population, sample):
    assert krejcie_morgan(population) == sample


@given(st.integers(0, 10**9))
def test_a_sample_is_never_larger_than_the_population(population):
    assert krejcie_morgan(population) <= population


def test_there_is_no_population_below_zero():
    with pytest.raises(ValueError, match="-1"):
        krejcie_morgan(-1)
