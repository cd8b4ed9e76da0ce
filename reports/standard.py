"""The service standard for its readers: its components, how the promise is kept this quarter, and its paper.

The figures are those of the recaps: reports/recaps.py and guestbook/recaps.py say what they count.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.formats import number_format

from complaints.models import Complaint
from complaints.recaps import kept_terms
from guestbook.periods import Period, period_around
from guestbook.recaps import read_median_wait
from office.cache import cached
from office.calendar import MONTHS
from office.formats import figure
from office.models import TOLD_FROM, DayOff, Office, ServiceStandard, StandardComponent, StandardQuestion
from office.seals import fingerprint_of
from office.text_parts import TextPart, text_parts
from ratings.ikm import ikm, mutu
from ratings.models import Rating
from ratings.skm_readings import last_frozen_index
from recommendations.instruments.texts import listed
from reports.recaps import read_promises

QUARTER = 3
COUNTED_FOR = 60
"""Seconds for which the figures are not counted again: everybody may open the page."""
GET, COMPLAIN = range(1, 6), StandardComponent.Number.COMPLAINTS
"""The components that say how to get the service. The one about complaints also has the channels of the profile."""


@dataclass(frozen=True)
class ShownComponent:
    """A filled component, ready to be shown."""

    number: int
    name: str
    parts: list[TextPart]


@dataclass(frozen=True)
class PublishedQuestion:
    """A question with the parts of its answer."""

    question: str
    parts: list[TextPart]


@dataclass(frozen=True)
class PublishedStandard:
    """The service standard as the page and the paper show it. `unfilled` says in one line what is not filled."""

    row: ServiceStandard
    getting: list[ShownComponent]
    complaining: ShownComponent | None
    managing: list[ShownComponent]
    unfilled: str
    questions: list[PublishedQuestion]
    maklumat: list[TextPart]


@dataclass(frozen=True)
class PublishedIndex:
    """The IKM of a quarter as the office publishes it: two decimals ("91,48"), its class, its respondents.

    `months` are those of a frozen quarter, "" for the running one. That counts TOLD_FROM respondents at a time and
    leaves the last TOLD_FROM out: from two figures that differ by fewer, everybody could compute what a visitor
    answered. So also the frozen report has at least TOLD_FROM respondents more than any figure before it.
    """

    value: str
    grade: str
    respondents: int
    months: str = ""

    @property
    def words(self) -> str:
        """What the figure is, and which respondents it counts."""
        if self.months:
            return f"Indeks Kepuasan Masyarakat {self.months}, n = {figure(self.respondents)}, laporan akhir"
        counted = f"dihitung setiap {TOLD_FROM} penilaian, {TOLD_FROM} terakhir menyusul"
        return f"Indeks Kepuasan Masyarakat, n = {figure(self.respondents)}, {counted}"


@dataclass(frozen=True)
class ComplaintsInTime:
    """How many complaints had to be answered in a quarter (`due`), and how many of them were answered in time."""

    in_time: int
    due: int


@dataclass(frozen=True)
class KeptFigure:
    """One figure of the page with its unit, what it counts, and the class beside it ("" for none)."""

    value: str
    words: str
    grade: str = ""


@dataclass(frozen=True)
class KeptPromise:
    """How the office kept its promises in a quarter. None is a figure that is not known yet; it is not shown.

    `within` of the `told` results came in the working days promised first, whatever due date a person gave them later;
    `promises` are these numbers of days, one unless the office changed its promise. `days` is the median of working
    days until the result, `minutes` the median wait for a call. `overdue` counts the promises past their due date that
    have no result; they are not in `told`. `last_index` is that of the last quarter whose report is frozen.
    """

    period: Period
    within: int
    told: int
    promises: tuple[int, ...]
    overdue: int
    days: float | None
    minutes: float | None
    index: PublishedIndex | None = None
    last_index: PublishedIndex | None = None
    complaints: ComplaintsInTime | None = None

    @property
    def months(self) -> str:
        """The quarter as its months: "Oktober–Desember 2026"."""
        return _months_of(self.period)

    @property
    def figures(self) -> list[KeptFigure]:
        """The figures that are known, in the order of the page."""
        return [*self._of_promise(), *self._of_visitors()]

    def _of_promise(self) -> Iterator[KeptFigure]:
        if self.told:
            share = f"{figure(self.within)} dari {figure(self.told)}"
            yield KeptFigure(share, f"hasil diberitahukan dalam {_days_promised(self.promises)}")
        if self.days is not None:
            yield KeptFigure(f"{_plain(self.days)} hari kerja", "median sampai hasil")
        if self.minutes is not None:
            yield KeptFigure(f"{_plain(self.minutes)} menit", "median menunggu di PST")

    def _of_visitors(self) -> Iterator[KeptFigure]:
        for index in (self.index, self.last_index):
            if index:
                yield KeptFigure(index.value, index.words, index.grade)
        if self.complaints and self.complaints.due:
            share = f"{figure(self.complaints.in_time)} dari {figure(self.complaints.due)}"
            yield KeptFigure(share, "pengaduan dijawab tepat waktu")


def _months_of(quarter: Period) -> str:
    first = quarter.month - 1
    return f"{MONTHS[first]}–{MONTHS[first + quarter.months - 1]} {quarter.year}"


def _days_promised(promises: Sequence[int]) -> str:
    """Return the promised days in words, also when the office changed its promise between two submissions."""
    first, *others = promises
    if not others:
        return f"{first} hari kerja"
    return f"waktu yang dijanjikan ketika terekam lengkap: {first} sampai {others[-1]} hari kerja"


def _plain(value: float) -> str:
    """Return a figure with one decimal without its zero: 14 for 14,0."""
    return figure(int(value) if value.is_integer() else value)


def kept_promise(today: date) -> KeptPromise:
    """Return how the promises were kept in the quarter of `today`. The answer holds for COUNTED_FOR seconds."""
    return cached(f"kept-promise-{today}", lambda: kept_in(period_around(today, QUARTER), today), seconds=COUNTED_FOR)


def kept_in(period: Period, today: date) -> KeptPromise:
    """Return how the promises were kept in `period`, counted now with ten queries at most."""
    days_off: Collection[date] = DayOff.objects.names().keys()
    results = read_promises(period, today=today, days_off=days_off)
    return KeptPromise(
        period=period,
        within=results.within,
        told=results.told,
        promises=results.promises,
        overdue=results.overdue,
        days=results.median,
        minutes=read_median_wait(period),
        index=_index(period),
        last_index=_last_index(),
        complaints=_complaints(period, today),
    )


def _complaints(period: Period, today: date) -> ComplaintsInTime:
    """Return how many of the complaints whose first response was due in `period` got it in time."""
    due = Complaint.objects.filter(first_due_on__range=(period.first, period.last))
    kept = kept_terms(due.values_list("first_due_on", "responded_at"), today)
    return ComplaintsInTime(kept.in_time, kept.in_time + kept.late)


def _index(period: Period) -> PublishedIndex | None:
    """Return the index of a running quarter; None below the office's minimum of respondents."""
    tally = Rating.objects.of_skm().of_days(period.first, period.last).in_steps(waiting=TOLD_FROM).tally()
    index = ikm(tally) if tally.n >= Office.objects.current().min_respondents else None
    return None if index is None else _published(index, tally.n)


def _last_index() -> PublishedIndex | None:
    found = last_frozen_index()
    return _published(found.ikm, found.n, _months_of(found.period)) if found and found.ikm else None


def _published(index: Decimal, respondents: int, months: str = "") -> PublishedIndex:
    return PublishedIndex(number_format(index, 2), mutu(index).letter, respondents, months)


def published_standard() -> PublishedStandard:
    """Return the standard as it is stored now, with three queries."""
    row, texts = ServiceStandard.objects.current(), StandardComponent.objects.texts()
    shown = {number: _shown(number, text) for number, text in texts.items()}
    return PublishedStandard(
        row=row,
        getting=[shown[number] for number in shown if number in GET],
        complaining=shown.get(COMPLAIN),
        managing=[shown[number] for number in shown if number > COMPLAIN],
        unfilled=unfilled_words({*texts, COMPLAIN}),
        questions=[PublishedQuestion(asked, text_parts(told)) for asked, told in StandardQuestion.objects.pairs()],
        maklumat=text_parts(row.maklumat),
    )


def standard_fingerprint() -> str:
    """Return a short text that is another one as soon as a title, maklumat, component or question is stored otherwise.

    The yearly review is not part of it: it changes no text.
    """
    row = ServiceStandard.objects.current()
    maklumat = [row.maklumat, row.maklumat_by, str(row.maklumat_since or "")]
    texts = [[number, text] for number, text in StandardComponent.objects.texts().items()]
    return fingerprint_of([row.title, maklumat, texts, StandardQuestion.objects.pairs()])


def _shown(number: int, text: str) -> ShownComponent:
    return ShownComponent(number, StandardComponent.Number(number).label, text_parts(text))


def unfilled_words(filled: Iterable[int]) -> str:
    """Return which components are not filled, in one line: "Komponen 3 dan 8–14 belum diisi kantor." Empty for none."""
    missing = sorted(set(StandardComponent.Number.values) - set(filled))
    spans = [_span(run) for run in _runs(missing)]
    return f"Komponen {listed(spans)} belum diisi kantor." if spans else ""


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Yield the numbers that follow each other, together."""
    for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        yield [number for _, number in run]


def _span(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"


def standard_html(published: PublishedStandard, *, office: Office, today: date) -> str:
    """Return the HTML of the standard on paper: with kop, and the maklumat, if there is one, as a poster."""
    content = {"standard": published, "office": office, "today": today}
    return render_to_string("letters/standard.html", content)
