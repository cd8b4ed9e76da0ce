"""Explain one promise day by day, so that a reader can check every day. Pure: the caller passes the days off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from office.calendar import ONE_DAY, SATURDAY
from office.formats import plain_date

SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
NUMBERS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()  # noqa: SIM905 - reads better


@dataclass(frozen=True)
class DayCell:
    """One day of the page. `kind`: a class of `.month` in desk.css; `words`: "hari ke-3", or why it does not count."""

    day: date
    label: str
    kind: str
    words: str
    is_today: bool


@dataclass(frozen=True)
class Count:
    """How many days of one kind lie after the start, up to the due date. `words` say whether these days count."""

    name: str
    count: int
    words: str


@dataclass(frozen=True)
class DayOffFact:
    """A day off: its name, its kind, the kind in words, and its source."""

    name: str
    kind: str
    kind_words: str
    source: str


@dataclass(frozen=True)
class Explanation:
    first_day: date
    weeks: list[list[DayCell]]
    counts: list[Count]
    total: Count
    skipped: list[tuple[date, DayOffFact]]


def explain(start: date, due_on: date, days_off: Mapping[date, DayOffFact], *, today: date) -> Explanation:
    """Return every day from the week of `start` to the week of `due_on`: its number, or why it does not count."""
    days = [start + timedelta(days=number) for number in range(1, (due_on - start).days + 1)]
    weekend = [day for day in days if day.weekday() >= SATURDAY]
    skipped = [(day, days_off[day]) for day in days if day in days_off and day.weekday() < SATURDAY]
    working = [day for day in days if day.weekday() < SATURDAY and day not in days_off]
    numbers = {day: number for number, day in enumerate(working, start=1)}
    span = f"{plain_date(days[0]).rpartition(' ')[0]} s.d. {plain_date(days[-1]).rpartition(' ')[0]}"
    by_kind = {fact.kind_words: 0 for _, fact in skipped}
    for _, fact in skipped:
        by_kind[fact.kind_words] += 1
    return Explanation(
        first_day=working[0],
        weeks=_weeks(start, due_on, days_off, numbers, today),
        counts=[
            Count("Hari kerja", len(working), "dihitung"),
            Count("Sabtu, Minggu", len(weekend), "tidak dihitung"),
            *(Count(words.capitalize(), count, "tidak dihitung") for words, count in by_kind.items()),
        ],
        total=Count("Hari kalender", len(days), span),
        skipped=skipped,
    )


def _weeks(
    start: date, due_on: date, days_off: Mapping[date, DayOffFact], numbers: Mapping[date, int], today: date
) -> list[list[DayCell]]:
    day = start - timedelta(days=start.weekday())
    cells: list[DayCell] = []
    while day <= due_on or day.weekday():
        cells.append(_cell(day, start, due_on, days_off, numbers, today, is_first=not cells))
        day += ONE_DAY
    return [cells[place : place + 7] for place in range(0, len(cells), 7)]


def _cell(
    day: date,
    start: date,
    due_on: date,
    days_off: Mapping[date, DayOffFact],
    numbers: Mapping[date, int],
    today: date,
    *,
    is_first: bool,
) -> DayCell:
    kind, words = _mark(day, start, due_on, days_off, numbers)
    label = f"{day.day} {SHORT_MONTHS[day.month - 1]}" if is_first or day.day == 1 else str(day.day)
    if day == today:
        words = ", ".join(filter(None, [words, "hari ini"]))
    return DayCell(day, label, kind, words, day == today)


def _mark(
    day: date, start: date, due_on: date, days_off: Mapping[date, DayOffFact], numbers: Mapping[date, int]
) -> tuple[str, str]:
    """Return the class and the words of a DayCell."""
    if day == start:
        return "start", "terekam lengkap"
    if day in numbers:
        return "end" if day == due_on else "used", f"hari ke-{numbers[day]}"
    if day in days_off and day.weekday() < SATURDAY:
        return "hol", days_off[day].name
    if day.weekday() >= SATURDAY:
        return "off", days_off[day].name if day in days_off else ""
    return "pre", ""


def law_number(number: int) -> str:
    """Return a number from 0 to 999,999 in words, as an Indonesian law writes it: 30 is "tiga puluh"."""
    if number < 12:
        return NUMBERS[number]
    if number < 20:
        return f"{NUMBERS[number - 10]} belas"
    if number < 100:
        return f"{NUMBERS[number // 10]} puluh {law_number(number % 10) if number % 10 else ''}".strip()
    size, unit = (100, "ratus") if number < 1000 else (1000, "ribu")
    head = f"se{unit}" if number // size == 1 else f"{law_number(number // size)} {unit}"
    return f"{head} {law_number(number % size) if number % size else ''}".strip()
