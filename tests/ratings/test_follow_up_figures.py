"""Shares of a follow-up plan, with calendar months counted by hand."""

from datetime import date
from fractions import Fraction

import pytest

from ratings.follow_up_figures import Measure, months_after, plan_figures


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 9, 30), 1, date(2026, 10, 31)),
        (date(2026, 9, 30), 3, date(2026, 12, 31)),
        (date(2026, 2, 28), 1, date(2026, 3, 31)),
        (date(2028, 2, 28), 1, date(2028, 3, 28)),
        (date(2026, 9, 29), 1, date(2026, 10, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
    ],
)
def test_months_are_calendar_months_and_end_with_a_shorter_month(day, months, then):
    assert months_after(day, months) == then


def test_a_measure_counts_from_the_last_day_of_its_period():
    ended = date(2026, 1, 31)

    figures = plan_figures([Measure(ended, date(2026, 2, 28)), Measure(ended, date(2026, 3, 1)), Measure(ended, None)])

    assert (figures.total, figures.finished, figures.share) == (3, 2, Fraction(2, 3))
    assert figures.within == {1: 1, 3: 2, 6: 2, 9: 2, 12: 2}
    assert figures.shares_within[1] == Fraction(1, 3)


def test_a_measure_of_more_than_a_year_is_finished_but_within_no_limit():
    figures = plan_figures([Measure(date(2025, 12, 31), date(2027, 1, 1))])

    assert figures.share == 1
    assert set(figures.within.values()) == {0}


def test_without_a_plan_there_is_no_share():
    figures = plan_figures([])

    assert figures.share is None
    assert set(figures.shares_within.values()) == {None}


def test_a_finish_before_the_plan_was_opened_counts_from_the_opening():
    ended, opened = date(2026, 9, 30), date(2026, 11, 5)

    early = plan_figures([Measure(ended, date(2026, 10, 2), opened)])
    on_the_day = plan_figures([Measure(ended, opened, opened)])

    # opened in the second month, so not within one month
    assert (early.finished, early.early) == (1, 1)
    assert (on_the_day.finished, on_the_day.early) == (1, 0)
    assert early.within == on_the_day.within == {1: 0, 3: 1, 6: 1, 9: 1, 12: 1}
