"""Figures are rounded half up, also where the number is a float that lies a little below."""

from decimal import Decimal
from fractions import Fraction

import pytest

from office.formats import figure, percent, tenths


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (2, 3, 66.7),
        (1, 3, 33.3),
        (2499, 2500, 100.0),
        (1999, 2000, 100.0),
        (1, 2000, 0.1),
        (1, 2001, 0.0),
        (5, 5, 100.0),
    ],
)
def test_a_share_is_rounded_half_up_to_a_tenth(part, whole, share):
    assert percent(part, whole) == share


def test_a_share_of_nothing_is_not_known():
    assert [percent(0, 0), tenths(None)] == [None, None]


def test_a_fraction_is_rounded_exactly():
    assert [tenths(Fraction(*pair)) for pair in ((1, 20), (49999, 1000000), (7, 4), (35, 2))] == [0.1, 0.0, 1.8, 17.5]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (200 / 3, "66,7"),
        (99.96, "100,0"),
        (0.25, "0,3"),
        (1.005, "1,0"),
        (0.04, "0,0"),
        (1234.56, "1.234,6"),
        (1234, "1.234"),
        (Decimal("91.475"), "91,48"),
        (Decimal(5), "5,00"),
        (None, "–"),
        ("A", "A"),
    ],
)
def test_a_figure_is_written_the_indonesian_way_and_rounded_half_up(value, words):
    assert figure(value) == words
