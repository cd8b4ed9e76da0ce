from datetime import date

import holidays
from django.core.management.base import BaseCommand
from django.db import transaction

from office.models import CalendarYear, DayOff

DECREED_UNTIL = 2027
"""The last year whose cuti bersama the pinned `holidays` package knows from the decree (SKB 3 Menteri)."""


class Command(BaseCommand):
    help = "Enter libur nasional and cuti bersama of the given years; days that the office entered itself stay."

    def add_arguments(self, parser):
        parser.add_argument("years", nargs="+", type=int, metavar="YEAR")

    @transaction.atomic
    def handle(self, *args, years, **options):
        for year in years:
            self.load(year)

    def load(self, year: int) -> None:
        source = "SKB 3 Menteri" if year <= DECREED_UNTIL else "perkiraan, belum ada SKB"
        known = set(DayOff.objects.filter(day__year=year).values_list("day", flat=True))
        new = [day_off for day_off in days_off(year, source) if day_off.day not in known]
        DayOff.objects.bulk_create(new)
        CalendarYear.objects.get_or_create(year=year, defaults={"is_decreed": year <= DECREED_UNTIL, "source": source})
        self.stdout.write(f"{year}: {len(new)} hari ditambahkan, {len(known)} sudah ada.")


def days_off(year: int, source: str) -> list[DayOff]:
    """The days off of `year`. The package's default is libur nasional only and would miss every cuti bersama."""
    national = holidays.Indonesia(years=year, categories=(holidays.PUBLIC,), language="id")
    collective = holidays.Indonesia(years=year, categories=(holidays.GOVERNMENT,), language="id")
    return [
        *(
            DayOff(day=day, name=name, kind=DayOff.Kind.NATIONAL, source=source)
            for day, name in sorted(national.items())
        ),
        *(
            DayOff(day=day, name=name, kind=DayOff.Kind.COLLECTIVE, source=source)
            for day, name in sorted(collective.items())
            if day not in national and date(year, 1, 1) <= day
        ),
    ]
