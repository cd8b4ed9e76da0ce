"""The figures of the SKM report of a period (PermenPANRB 14/2017). Pure over its rows, except `read_skm_report`.

A rating belongs to the period of its visit, or of the delivery of its letter, also when it was given days later: the
response rate compares the same services. N is the visits served plus the recommendations delivered in the period: who
came and later got a letter was served twice and is asked twice.

As long as the period can get ratings they are counted in steps (`RatingQuerySet.in_steps`): a report of today and one
of yesterday tell no visitor's answers. Below the office's minimum of respondents the report has no figure that comes
from their answers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from guestbook.models import Visit
from guestbook.periods import Period
from guestbook.recaps import MEDIAN, percentile
from guestbook.workflow import Status
from office.models import TOLD_FROM, Office
from ratings.ikm import Mutu, ikm, krejcie_morgan, lowest, mutu, nrr, share_alike, tally_of
from ratings.instruments import SKM_9
from ratings.models import Rating, RatingQuerySet, rated_service
from ratings.open_periods import takes_ratings
from recommendations.models import RatingLink

METHOD = (
    "Kuesioner elektronik dengan sembilan unsur, ditawarkan kepada setiap pengunjung yang selesai dilayani "
    "dan setiap penerima surat rekomendasi"
)
IN_STEPS = (
    f". Selama periode ini masih dapat dinilai, jawaban dihitung setiap {TOLD_FROM}, dan kuesioner kertas sejak "
    f"{TOLD_FROM} seimpor, sehingga jawaban satu pengunjung tidak terbaca"
)
TOO_FEW = "Responden belum cukup"
TOLD_BY = ("sex", "age_class", "education", "occupation")
"""The fields of Visitor by which the report counts the respondents; their classes are in guestbook/skd.py."""


@dataclass(frozen=True)
class Respondent:
    """One rating. `classes` are in the order of TOLD_BY, "" where a class is not filled in."""

    answers: Mapping[str, int]
    source: str
    seconds: int | None
    classes: tuple[str, ...]
    service: str = ""


@dataclass(frozen=True)
class AspectFigures:
    """The sum and the exact NRR of one aspect."""

    key: str
    name: str
    total: int
    mean: Fraction


@dataclass(frozen=True)
class AnswerFigures:
    """The figures that come from the answers."""

    aspects: list[AspectFigures]
    ikm: Decimal
    mutu: Mutu
    lowest: list[AspectFigures]
    """The three lowest aspects, lowest first."""
    alike: Fraction
    """The share of respondents who gave all nine answers the same value."""
    rows: list[list[int]]
    """The nine answers of each respondent, in the order of the aspects. They are sorted, so they tell no time."""


@dataclass(frozen=True)
class SkmReport:
    """All figures of a period. `served` is the number of visits and letters to rate (N), `n` those rated."""

    period: Period
    unit: str
    method: str
    n: int
    served: int
    minimum: int
    classes: dict[str, Counter[str]]
    sources: Counter[str]
    services: Counter[str]
    median_seconds: Fraction | None
    """Of the ratings whose time is known; None when no time is."""
    figures: AnswerFigures | None
    """None below the minimum of respondents."""

    @property
    def response_rate(self) -> Fraction | None:
        """The share of the visits and letters that were rated; None without any. Papers have no visit of their own."""
        return Fraction(self.rated_here, self.served) if self.served else None

    @property
    def rated_here(self) -> int:
        """How many of the visits and letters were rated: all respondents without those on paper."""
        return self.n - self.on_paper

    @property
    def on_paper(self) -> int:
        """How many answered on paper: they are not among the visits and letters that were rated here."""
        return self.sources[Rating.Source.PAPER]

    @property
    def target(self) -> int:
        """How many respondents Krejcie and Morgan ask of N."""
        return krejcie_morgan(self.served)

    @property
    def reaches_target(self) -> bool | None:
        """Whether as many rated as the target asks, without papers, as N has none of them; None when N is 0."""
        return self.rated_here >= self.target if self.served else None

    @property
    def problem(self) -> str:
        """Why the report has no index; empty when it has one."""
        return "" if self.figures else too_few_words(self.n, self.minimum)


def too_few_words(n: int, minimum: int) -> str:
    """Return why `n` respondents have no index, below the office's `minimum`."""
    return f"{TOO_FEW}: {n} dari paling sedikit {minimum}."


def skm_report_of(
    period: Period,
    respondents: Iterable[Respondent],
    *,
    unit: str,
    served: int,
    minimum: int,
    takes_more: bool = False,
) -> SkmReport:
    """Return the report of `period`; one that `takes_more` says that it counts in steps.

    Raise NotSkmAnswers when a rating has answers of something else.
    """
    given = list(respondents)
    return SkmReport(
        period=period,
        unit=unit,
        method=METHOD + _paper_words(given) + (IN_STEPS if takes_more else ""),
        n=len(given),
        served=served,
        minimum=minimum,
        classes={field: Counter(one.classes[place] for one in given) for place, field in enumerate(TOLD_BY)},
        sources=Counter(one.source for one in given),
        services=Counter(one.service for one in given),
        median_seconds=percentile([one.seconds for one in given if one.seconds is not None], MEDIAN),
        figures=answer_figures([one.answers for one in given]) if len(given) >= max(minimum, 1) else None,
    )


def _paper_words(given: Sequence[Respondent]) -> str:
    papers = sum(one.source == Rating.Source.PAPER for one in given)
    return f"; ditambah {papers} kuesioner kertas, yang tidak dihitung dalam tingkat respons" if papers else ""


def answer_figures(answers: Sequence[Mapping[str, int]]) -> AnswerFigures | None:
    """Return the figures of these answers; None without answers."""
    tally = tally_of(answers)
    means, index, alike = nrr(tally), ikm(tally), share_alike(answers)
    if index is None or alike is None:
        return None
    aspects = {one.key: AspectFigures(one.key, one.name, tally.sums[one.key], means[one.key]) for one in SKM_9.aspects}
    three = [aspects[key] for key in lowest(tally, 3)]
    rows = sorted([one[key] for key in SKM_9.keys] for one in answers)
    return AnswerFigures(list(aspects.values()), index, mutu(index), three, alike, rows)


def read_skm_report(period: Period, office: Office) -> SkmReport:
    """Return the report of `period` from the ratings with the SKM. Six queries at most for any number of ratings."""
    days = (period.first, period.last)
    visits = Visit.objects.filter(day__range=days, status=Status.SERVED).count()
    served = visits + RatingLink.objects.filter(delivered_on__range=days).count()
    given, takes_more = Rating.objects.of_skm().of_days(*days), takes_ratings(period, localdate())
    return skm_report_of(
        period,
        _respondents(given.in_steps() if takes_more else given),
        unit=office.name,
        served=served,
        minimum=office.min_respondents,
        takes_more=takes_more,
    )


def _respondents(given: RatingQuerySet) -> Iterator[Respondent]:
    told = given.order_by().values_list("answers", "source", "seconds", rated_service(), *map(_class_of, TOLD_BY))
    for answers, source, seconds, service, *classes in told.iterator():
        yield Respondent(answers, source, seconds, tuple(classes), service)


def _class_of(field: str) -> Coalesce:
    """Return a class of the visitor; after a letter, of the visit with which the submission came; else ""."""
    return Coalesce(f"visit__visitor__{field}", f"submission__visit__visitor__{field}", Value(""))
