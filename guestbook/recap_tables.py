"""A recap as tables of texts and numbers. The page, the XLSX and the PDF show the same tables."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guestbook import charts
from guestbook.periods import Period
from guestbook.recaps import Group, Recap, Times
from guestbook.skd import CLASSES, UNFILLED
from office.calendar import MONTHS
from office.formats import long_date, percent

Cell = str | int | float | Decimal | None
MEASURES: list[tuple[str, Callable[[Group], Cell]]] = [
    ("Kunjungan", lambda group: group.visits),
    ("Selesai", lambda group: group.served),
    ("Tidak hadir", lambda group: group.missed),
    ("Batal", lambda group: group.left),
    ("Belum ditutup", lambda group: group.open),
    ("Tunggu, median", lambda group: group.waits.median),
    ("Tunggu, persentil 90", lambda group: group.waits.ninetieth),
    ("Layanan, median", lambda group: group.services.median),
    ("Layanan, persentil 90", lambda group: group.services.ninetieth),
]
LONGEST_BY_DAY = 3
METHOD = (
    "Waktu dalam menit. Tunggu: dari ambil nomor sampai panggilan pertama; layanan: dari mulai dilayani sampai "
    "selesai. Hanya kunjungan yang seluruhnya terjadi pada hari yang sama. Median dan persentil 90 dengan interpolasi "
    "linear (sama dengan PERCENTILE.INC). Perkiraan meleset: tunggu dikurangi perkiraan pada tiket; di atas nol "
    "berarti pengunjung menunggu lebih lama daripada yang diberitahukan."
)


@dataclass(frozen=True)
class Table:
    """A table. The first cell of a row is its name; the other cells are numbers, or None when there is no figure."""

    key: str
    title: str
    head: list[str]
    rows: list[list[Cell]]
    total: list[Cell] | None = None
    chart: charts.Chart | None = None


def tables_of(recap: Recap) -> list[Table]:
    """Return every table of the recap, in the order of the page."""
    months = [(group.name, group) for group in recap.months]
    days = [(long_date(day), group) for day, group in recap.days]
    measured = [
        *([_measured("bulan", "Per bulan", months, recap, _month_chart(recap))] if recap.period.months > 1 else []),
        _measured("hari", "Per hari", days, recap, _day_chart(recap)),
        _who_or_where("layanan", "Per layanan", recap.services, recap),
        _who_or_where("loket", "Per loket", recap.counters, recap),
        _who_or_where("petugas", "Per petugas", recap.officers, recap),
    ]
    return [summary(recap.whole), *measured, *(_classes(recap, name) for name in CLASSES)]


def summary(whole: Group) -> Table:
    """Return the figures of the whole period, one per row, with the number of visits left out of the times."""
    rows: list[list[Cell]] = [[name, measure(whole)] for name, measure in MEASURES]
    rows += [
        ["Tidak dihitung dalam waktu tunggu", whole.waits.omitted],
        ["Tidak dihitung dalam waktu layanan", whole.services.omitted],
        ["Nomor dengan perkiraan tunggu", len(whole.errors.seconds)],
        ["Perkiraan meleset, median", whole.errors.median],
        ["Perkiraan meleset tanpa tanda, persentil 90", whole.error_sizes.ninetieth],
    ]
    return Table("ringkasan", "Ringkasan", ["Ukuran", "Nilai"], rows)


def omission(times: Times) -> str:
    """Return, in words, how many visits are not in the times."""
    if not times.omitted:
        return "Semua kunjungan dihitung."
    return f"{times.omitted} kunjungan tanpa waktu lengkap tidak dihitung."


def _who_or_where(key: str, title: str, groups: list[Group], recap: Recap) -> Table:
    bars = [(group.name, group.visits) for group in groups]
    chart = charts.lying(f"Kunjungan {title.lower()}", bars) if bars else None
    return _measured(key, title, [(group.name, group) for group in groups], recap, chart)


def _measured(key: str, title: str, groups: list[tuple[str, Group]], recap: Recap, chart: charts.Chart | None) -> Table:
    rows: list[list[Cell]] = [[name, *(measure(group) for _, measure in MEASURES)] for name, group in groups]
    total: list[Cell] = [recap.whole.name, *(measure(recap.whole) for _, measure in MEASURES)]
    head = [key.capitalize(), *(name for name, _ in MEASURES)]
    return Table(key, title, head, rows, total if rows else None, chart)


def _day_chart(recap: Recap) -> charts.Chart | None:
    """Return a bar for every calendar day, also the empty ones. None without visits, or for a year (too many days)."""
    if not recap.days or recap.period.months > LONGEST_BY_DAY:
        return None
    counts = {day: group.visits for day, group in recap.days}
    most = max(recap.days, key=lambda pair: pair[1].visits)
    title = f"Kunjungan per hari, terbanyak {most[1].visits} pada {long_date(most[0])}"
    return charts.upright(title, [(_label(day, recap.period), counts.get(day, 0)) for day in recap.period.days])


def _month_chart(recap: Recap) -> charts.Chart | None:
    """Return a bar for every month of the period, also the empty ones. None without visits."""
    counts = {group.name: group.visits for group in recap.months}
    parts = [Period(recap.period.year, recap.period.month + place, 1) for place in range(recap.period.months)]
    bars = [(MONTHS[part.month - 1][:3], counts.get(part.words, 0)) for part in parts]
    return charts.upright("Kunjungan per bulan", bars) if counts else None


def _label(day: date, period: Period) -> str:
    """Return the label under a day's bar: every seventh day in a month, each month's name in a quarter, or empty."""
    if period.months == 1:
        return str(day.day) if day.day % 7 == 1 else ""
    return MONTHS[day.month - 1][:3] if day.day == 1 else ""


def _classes(recap: Recap, name: str) -> Table:
    label, classes = CLASSES[name]
    counts = recap.classes[name]
    pairs = [(str(words), counts[value]) for value, words in classes.choices] + [(UNFILLED, counts[""])]
    rows: list[list[Cell]] = [[words, count, percent(count, recap.whole.visits)] for words, count in pairs]
    total: list[Cell] = [recap.whole.name, recap.whole.visits, percent(recap.whole.visits, recap.whole.visits)]
    title = label.capitalize()
    chart = charts.lying(f"Kunjungan menurut {label}", pairs, charts.NARROW) if recap.whole.visits else None
    return Table(name, title, [title, "Kunjungan", "Persen"], rows, total, chart)
