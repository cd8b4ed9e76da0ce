"""The figures of an SKM report, recomputed by hand, and the rows from which they are read."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine

from guestbook.models import Visit
from guestbook.periods import Period
from office.models import Office
from ratings.ikm import NotSkmAnswers
from ratings.skm_report import Respondent, SkmReport, read_skm_report, skm_report_of
from recommendations.models import RatingLink
from tests.factories import RatingFactory, SubmissionFactory, VisitFactory, VisitorFactory, skm_answers

QUARTER = Period(2026, 10, 3)
AFTER = time_machine.travel(datetime(2027, 3, 1, 4, tzinfo=UTC), tick=False)  # it takes no more ratings
RESPONDENTS = [
    Respondent(skm_answers(4), "tablet", 30, ("male", "26_34", "bachelor", "civil")),
    Respondent(skm_answers(4, waktu=2, biaya=4), "telephone", 95, ("female", "26_34", "master", "civil")),
    Respondent(skm_answers(3), "tablet", None, ("female", "", "bachelor", "student")),
    Respondent(skm_answers(3, sarana=1, waktu=2), "tablet", 50, ("male", "35_44", "bachelor", "")),
    Respondent(skm_answers(4, pengaduan=3, prosedur=3), "", 41, ("female", "26_34", "school", "other")),
]


def report(respondents: list[Respondent], *, served: int = 20, minimum: int = 5) -> SkmReport:
    return skm_report_of(QUARTER, respondents, unit="BPS Kota Contoh", served=served, minimum=minimum)


def test_the_figures_are_those_computed_by_hand():
    made = report(RESPONDENTS)

    # persyaratan 4+4+3+3+4, prosedur 4+4+3+3+3, waktu 4+2+3+2+4, sarana 4+4+3+1+4, pengaduan 4+4+3+3+3, the rest 18
    sums = {"prosedur": 17, "waktu": 15, "sarana": 16, "pengaduan": 17}
    assert {one.key: one.total for one in made.figures.aspects} == skm_answers(18, **sums)
    assert {one.key: one.mean for one in made.figures.aspects}["waktu"] == Fraction(3)
    # 5 x 18 + 17 + 15 + 16 + 17 = 155; 25 x 155 / 45 = 86.11
    assert (made.figures.ikm, made.figures.mutu.letter) == (Decimal("86.11"), "B")
    assert [one.name for one in made.figures.lowest] == ["Waktu", "Sarana dan prasarana", "Prosedur"]
    assert made.figures.alike == Fraction(2, 5)
    assert made.problem == ""


def test_who_answered_on_what_and_how_fast():
    made = report(RESPONDENTS)

    assert (made.n, made.served, made.response_rate, made.target) == (5, 20, Fraction(1, 4), 19)
    assert made.classes == {
        "sex": Counter(female=3, male=2),
        "age_class": Counter({"26_34": 3, "35_44": 1, "": 1}),
        "education": Counter(bachelor=3, master=1, school=1),
        "occupation": Counter({"civil": 2, "student": 1, "other": 1, "": 1}),
    }
    assert made.sources == Counter({"tablet": 3, "telephone": 1, "": 1})
    assert made.median_seconds == Fraction(91, 2)  # of 30, 41, 50 and 95
    assert (made.period, made.unit) == (QUARTER, "BPS Kota Contoh")
    assert "sembilan unsur" in made.method


def test_the_order_of_the_respondents_does_not_matter():
    assert report(list(reversed(RESPONDENTS))) == report(RESPONDENTS)


@pytest.mark.parametrize("minimum", [6, 30])
def test_below_the_minimum_of_respondents_there_is_no_index(minimum):
    made = report(RESPONDENTS, minimum=minimum)

    assert made.figures is None
    assert made.problem == f"Responden belum cukup: 5 dari paling sedikit {minimum}."
    assert (made.n, made.response_rate) == (5, Fraction(1, 4))


def test_a_period_without_respondents_has_no_index_whatever_the_minimum():
    made = report([], served=0, minimum=0)

    assert (made.n, made.target, made.median_seconds) == (0, 0, None)
    assert made.figures is None
    assert made.response_rate is None
    assert made.problem.startswith("Responden belum cukup")


def test_answers_of_another_instrument_are_never_mixed_in():
    with pytest.raises(NotSkmAnswers):
        report([*RESPONDENTS, Respondent({"s1": 10}, "tablet", 30, ("", "", "", ""))])


def test_the_rows_of_the_period_are_read(office, django_assert_num_queries):
    for day, value in ((date(2026, 10, 1), 4), (date(2026, 12, 31), 2), (date(2027, 1, 1), 1), (date(2026, 9, 30), 1)):
        visitor = VisitorFactory(sex="male", education="master")
        visit = VisitFactory(day=day, status="served", visitor=visitor)
        RatingFactory(visit=visit, answers=skm_answers(value), source="tablet", seconds=40)
    office.min_respondents = 2

    with AFTER, django_assert_num_queries(5):
        made = read_skm_report(QUARTER, office)

    assert made.unit == office.name
    assert (made.n, made.figures.ikm) == (2, Decimal("75.00"))
    assert {one.key: one.total for one in made.figures.aspects} == skm_answers(6)
    assert made.classes["sex"] == Counter(male=2)
    assert made.classes["occupation"] == Counter({"": 2})
    assert (made.sources, made.median_seconds) == (Counter(tablet=2), 40)


def test_papers_do_not_reach_the_target_of_those_who_were_served_here():
    papers = [Respondent(skm_answers(3), "paper", None, ("", "", "", ""))] * 30
    here = [Respondent(skm_answers(3), "tablet", 40, ("", "", "", ""))] * 3
    facts = {"unit": "", "minimum": 5}

    few = skm_report_of(QUARTER, [*papers, *here], served=1000, **facts)
    enough = skm_report_of(QUARTER, [*papers, *here], served=3, **facts)
    only_papers = skm_report_of(QUARTER, papers, served=0, **facts)

    assert (few.n, few.rated_here, few.target, few.reaches_target) == (33, 3, 278, False)
    assert (enough.target, enough.reaches_target) == (3, True)
    assert only_papers.reaches_target is None


def test_only_served_visits_count_as_those_who_could_answer(office):
    for status in ("served", "served", "no_show", "left", "waiting", "unclosed"):
        VisitFactory(day=date(2026, 11, 2), status=status)
    RatingFactory(visit=Visit.objects.filter(status="served").first())

    with AFTER:
        made = read_skm_report(QUARTER, Office.objects.current())

    assert (made.n, made.served, made.response_rate) == (1, 2, Fraction(1, 2))
    assert made.figures is None


def test_a_letter_counts_beside_its_visit_in_the_period_of_its_delivery(petugas):
    visit = VisitFactory(day=date(2026, 9, 30), status="served", visitor=VisitorFactory(sex="female"))
    submissions = [SubmissionFactory(visit=visit), SubmissionFactory(), SubmissionFactory(), SubmissionFactory()]
    days = (date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1), None)
    for submission, day in zip(submissions, days, strict=True):
        RatingLink.objects.create(submission=submission, delivered_on=day)
        if day:
            RatingFactory(visit=None, submission=submission, answers=skm_answers(3))
    RatingFactory(visit=visit, answers=skm_answers(1))

    with AFTER:
        made, before = (read_skm_report(period, Office.objects.current()) for period in (QUARTER, Period(2026, 7, 3)))

    assert (made.n, made.served, made.classes["sex"]) == (2, 2, Counter({"female": 1, "": 1}))
    assert (before.n, before.served) == (1, 1)


def test_an_office_asks_for_five_respondents_at_least(office):
    assert read_skm_report(QUARTER, office).minimum == 5
