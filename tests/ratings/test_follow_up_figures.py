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


def test_a_measure_counts_from_the_day_on_which_its_report_was_frozen():
    frozen = date(2026, 1, 31)  # of a December with a letter on its last day, which can be rated for thirty days

    figures = plan_figures(
        [Measure(frozen, date(2026, 2, 28)), Measure(frozen, date(2026, 3, 1)), Measure(frozen, None)]
    )

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


def test_a_finish_before_the_report_was_frozen_counts_as_one_of_that_day():
    frozen = date(2026, 11, 5)

    early = Measure(frozen, date(2026, 10, 2))
    on_the_day = Measure(frozen, frozen)

    assert (early.is_early, early.counted_on) == (True, frozen)
    assert (on_the_day.is_early, on_the_day.counted_on) == (False, frozen)
    assert plan_figures([early, on_the_day]).early == 1
    assert set(plan_figures([early, on_the_day]).within.values()) == {2}
