"""Read a calendar that somebody handed in, in a child process with limits."""

from datetime import date, tzinfo

from office.ics_events import BadCalendarFile, EventDay
from recommendations.uploads.apart import CHECK, ask
from recommendations.uploads.refusal import BadFile, TooComplex

READ = "office.ics_events:told_days"


def event_days_apart(content: bytes, *, year: int, zone: tzinfo) -> list[EventDay]:
    """Return what `event_days` of `office/ics_events.py` yields. Raise BadCalendarFile, also for too much work."""
    try:
        told = ask(READ, content, year=year, zone=str(zone), limits=CHECK).value["days"]
    except TooComplex:
        raise BadCalendarFile("Berkas ICS ini terlalu rumit. Pilih berkas yang hanya memuat hari libur.") from None
    except BadFile as refusal:
        raise BadCalendarFile(str(refusal)) from None
    return [EventDay(date.fromisoformat(day), name, words, tuple(categories)) for day, name, words, categories in told]
