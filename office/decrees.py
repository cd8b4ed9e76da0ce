"""Libur nasional and cuti bersama as decreed (SKB 3 Menteri), and which years still wait for their decree."""

from datetime import date

from office.models import CalendarYear, DayOff

DECREED_UNTIL = 2027
"""The last year whose cuti bersama the pinned `holidays` package knows from the decree."""
ASK_FROM_MONTH = 9
"""The decree of the next year comes in the last months of the year before: from September the desk asks for it."""


def source_of(year: int) -> str:
    """What the days of `year` rest on."""
    return "SKB 3 Menteri" if year <= DECREED_UNTIL else "perkiraan, belum ada SKB"


def days_off_of(year: int) -> list[DayOff]:
    """The days off of `year`, not saved. The package's default is libur nasional only and misses every cuti bersama."""
    import holidays

    national = holidays.Indonesia(years=year, categories=(holidays.PUBLIC,), language="id")
    collective = holidays.Indonesia(years=year, categories=(holidays.GOVERNMENT,), language="id")
    days = {day: (name, DayOff.Kind.COLLECTIVE) for day, name in collective.items() if day.year == year}
    days |= {day: (name, DayOff.Kind.NATIONAL) for day, name in national.items()}
    return [
        DayOff(day=day, name=name[:150], kind=kind, source=source_of(year))
        for day, (name, kind) in sorted(days.items())
    ]


def missing_decree(today: date) -> int | None:
    """The year whose decree should be entered by now and is not: this year, from September on also the next."""
    wanted = [today.year, *([today.year + 1] if today.month >= ASK_FROM_MONTH else [])]
    decreed = set(CalendarYear.objects.filter(year__in=wanted, is_decreed=True).values_list("year", flat=True))
    return next((year for year in wanted if year not in decreed), None)
