"""Libur nasional and cuti bersama as decreed (SKB 3 Menteri), and the years whose decree is not entered yet."""

from datetime import date

from office.models import CalendarYear, DayOff

DECREED_UNTIL = 2027
"""The last year whose cuti bersama the pinned `holidays` package knows from the decree."""
ASK_FROM_MONTH = 9
"""The decree for a year comes late in the year before, so the desk asks for it from September on."""


def source_of(year: int) -> str:
    """Return the source of the days off of `year`, for the screen: the decree or an estimate."""
    return "SKB 3 Menteri" if year <= DECREED_UNTIL else "perkiraan, belum ada SKB"


def days_off_of(year: int) -> list[DayOff]:
    """Return the days off of `year`, unsaved.

    Both categories are requested: by default the package gives only libur nasional, without cuti bersama.
    """
    import holidays

    national = holidays.country_holidays("ID", years=year, categories=(holidays.PUBLIC,), language="id")
    collective = holidays.country_holidays("ID", years=year, categories=(holidays.GOVERNMENT,), language="id")
    days = {day: (name, DayOff.Kind.COLLECTIVE) for day, name in collective.items() if day.year == year}
    days |= {day: (name, DayOff.Kind.NATIONAL) for day, name in national.items()}
    return [
        DayOff(day=day, name=name[:150], kind=kind, source=source_of(year))
        for day, (name, kind) in sorted(days.items())
    ]


def missing_decree(today: date) -> int | None:
    """Return the first year whose decree is due but not entered, or None.

    This year is due; from September on the next year is due too.
    """
    wanted = [today.year, *([today.year + 1] if today.month >= ASK_FROM_MONTH else [])]
    decreed = set(CalendarYear.objects.filter(year__in=wanted, is_decreed=True).values_list("year", flat=True))
    return next((year for year in wanted if year not in decreed), None)
