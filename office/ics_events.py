"""Read the events of a foreign ICS calendar as days of one year. Pure.

Every file is read to an end, but a hostile one may take a minute: pages read it in a child process with limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event
from icalendar.prop import vRecur

from office.refusals import Refused
from office.texts import tidy_line

MOST_LINES, MOST_EVENTS, MOST_REPEATED = 20_000, 1_000, 60
MOST_DAYS = 400
"""More days off than this in one year are refused."""
YEARS_BACK = {"DAILY": 1, "WEEKLY": 1, "MONTHLY": 150, "YEARLY": 150}
"""How long before the year a repeated event may begin, by frequency: every time since then is counted through."""
LONGEST_EVENT, TWO_DAYS, NO_TIME = timedelta(days=366), timedelta(days=2), timedelta(0)
DATES = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
SHAPES = {
    "DAILY": ALWAYS,
    "WEEKLY": ALWAYS | {"BYDAY"},
    "MONTHLY": ALWAYS | {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": ALWAYS | {"BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"},
}
"""The parts that a rule may have, by frequency. Other rules could run for hours without giving a single day."""
LONGEST_MONTH = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError, RecursionError)
"""What icalendar and recurring-ical-events raise for a file that does not keep RFC 5545."""


class BadCalendarFile(Refused):
    """Raised when the file is no calendar of that year."""


@dataclass(frozen=True, slots=True)
class EventDay:
    """One day of an event. `words` and `categories` are cut; the categories are in small letters."""

    day: date
    name: str
    words: str
    categories: tuple[str, ...]


def event_days(content: bytes, *, year: int, zone: tzinfo) -> Iterator[EventDay]:
    """Yield an EventDay for each day of `year` that an event of the calendar covers.

    A repeated event gives the days of each of its times. A cancelled event gives none. A time in UTC counts as it is in
    the local `zone`. Raise BadCalendarFile when the file is broken, or holds more than a calendar of days off needs.
    """
    try:
        calendar = _calendar(content)
        _check([event for event in calendar.walk("VEVENT") if isinstance(event, Event)], year, zone)
        found = recurring_ical_events.of(calendar).between(date(year, 1, 1) - TWO_DAYS, date(year, 12, 31) + TWO_DAYS)
        covered = [(event, _span(event, zone)) for event in found if not _is_cancelled(event)]
    except BROKEN as broken:
        raise BadCalendarFile("Berkas ICS ini rusak. Unduh lagi, lalu pilih lagi.") from broken
    for event, span in covered:
        first, last = max(span[0], date(year, 1, 1)), min(span[1], date(year, 12, 31))
        for offset in range((last - first).days + 1):
            yield _event_day(event, first + timedelta(days=offset))


def told_days(content: bytes, *, year: int, zone: str) -> dict[str, list[tuple[str, str, str, tuple[str, ...]]]]:
    """Return the `days` that `event_days` yields as JSON can hold them, at most one more than is accepted.

    `zone` is the name of a zone. Raise BadCalendarFile.
    """
    found = islice(event_days(content, year=year, zone=ZoneInfo(zone)), MOST_DAYS + 1)
    return {"days": [(one.day.isoformat(), one.name, one.words, one.categories) for one in found]}


def _calendar(content: bytes) -> Component:
    """Return the calendar without its own definitions of zones, whose rules nothing bounds. Zones are known by name."""
    if content.count(b"\n") > MOST_LINES:
        raise BadCalendarFile("Berkas ICS ini terlalu panjang. Pilih berkas yang hanya memuat hari libur.")
    head, *rest = content.split(b"BEGIN:VTIMEZONE")
    return Calendar.from_ical(head + b"".join(part.partition(b"END:VTIMEZONE")[2] for part in rest))


def _check(events: list[Event], year: int, zone: tzinfo) -> None:
    """Raise BadCalendarFile for an event with an impossible date, or for more work than days off need."""
    if len(events) > MOST_EVENTS:
        raise BadCalendarFile(f"Berkas ini memuat {len(events)} acara. Pilih berkas yang hanya memuat hari libur.")
    if sum("RRULE" in event for event in events) > MOST_REPEATED:
        raise BadCalendarFile("Terlalu banyak acara berulang. Pilih berkas yang hanya memuat hari libur.")
    for event in events:
        _check_dates(event, zone)
        if "RRULE" in event:
            _check_rules(event, year)


def _check_dates(event: Event, zone: tzinfo) -> None:
    if DATES & {name for name, _ in event.errors}:
        raise BadCalendarFile(f"Acara “{_name(event)}”: tanggalnya tidak ada atau tidak terbaca. Perbaiki dahulu.")
    if _ends_too_early(event, zone):
        raise BadCalendarFile(f"Acara “{_name(event)}” berakhir sebelum dimulai. Perbaiki tanggal akhirnya.")


def _ends_too_early(event: Event, zone: tzinfo) -> bool:
    """Return whether the event ends before it begins. Its days would be counted from the wrong end."""
    begins, ends, lasts = event.DTSTART, event.DTEND, event.DURATION
    if lasts is not None and lasts < NO_TIME:
        return True
    return begins is not None and ends is not None and _moment(ends, zone) < _moment(begins, zone)


def _moment(written: date, zone: tzinfo) -> datetime:
    """Return the moment with a zone: its own, or the local `zone`."""
    moment = written if isinstance(written, datetime) else datetime.combine(written, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _check_rules(event: Event, year: int) -> None:
    rule = event["RRULE"]
    if not isinstance(rule, vRecur) or not _is_sensible(rule, event.start.year - year):
        raise BadCalendarFile(
            f"Acara “{_name(event)}”: cara berulangnya tidak dikenal. Tulis hari-harinya satu per satu."
        )


def _is_sensible(rule: vRecur, years_ahead: int) -> bool:
    """Return whether the rule gives days soon, so that looking for them ends. It begins `years_ahead` of the year."""
    (often,), (step,) = rule.get("FREQ", [""]), rule.get("INTERVAL", [1])
    months, days, places = (rule.get(part, []) for part in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    last_day = max((LONGEST_MONTH.get(int(month), 0) for month in months), default=31) if step == 1 else 28
    last_week = 5 if step == 1 else 4
    return (
        set(rule) <= SHAPES.get(often, set())
        and step >= 1
        and years_ahead >= -YEARS_BACK[often]
        and not (days and places)
        and {abs(place) for place in rule.get("BYSETPOS", [])} <= {1}
        and all(1 <= abs(day) <= last_day for day in days)
        and all(abs(place.relative or 1) <= last_week for place in places)
    )


def _is_cancelled(event: Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _span(event: Event, zone: tzinfo) -> tuple[date, date]:
    """Return the first and the last local day of an event; its end is exclusive. Raise BadCalendarFile."""
    start, end = (_local(moment, zone) for moment in (event.start, event.end))
    if end - start > LONGEST_EVENT:
        raise BadCalendarFile(f"Acara “{_name(event)}” lebih panjang dari setahun. Perbaiki tanggal akhirnya.")
    last = max(start, end - timedelta(microseconds=1))
    return start.date(), last.date()


def _local(moment: date, zone: tzinfo) -> datetime:
    """Return the moment without a zone: a time in UTC as it is in the local `zone`, any other as it is written.

    Midnight in Jakarta begins the same day off as midnight here.
    """
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - compared with local times only
    local = moment.astimezone(zone) if moment.utcoffset() == NO_TIME else moment
    return local.replace(tzinfo=None)


def _event_day(event: Event, day: date) -> EventDay:
    categories = tuple(tidy_line(str(name))[:40].lower() for name in event.categories[:20])
    return EventDay(day, _name(event), _text(event, "DESCRIPTION"), categories)


def _name(event: Event) -> str:
    return _text(event, "SUMMARY") or "Hari libur"


def _text(event: Event, name: str) -> str:
    """Return the property on one line, the first one when a file has several; "" when it is missing."""
    found = event.get(name, "")
    return tidy_line(str(found[0] if isinstance(found, list) else found))[:150]
