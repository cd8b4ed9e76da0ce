from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from office.decrees import DECREED_UNTIL, days_off_of, source_of
from office.models import CalendarYear, DayOff
from recommendations.promise.actions.moving import change_calendar
from recommendations.promise.shifts import CalendarDraft


class Command(BaseCommand):
    help = "Enter libur nasional and cuti bersama of the given years; days that the office entered itself stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("years", nargs="+", type=int, metavar="YEAR")

    def handle(self, *args: object, years: list[int], **options: object) -> None:
        for year in years:
            self.load(year)

    def load(self, year: int) -> None:
        known = set(DayOff.objects.filter(day__year=year).values_list("day", flat=True))
        new = tuple(day_off for day_off in days_off_of(year) if day_off.day not in known)
        CalendarYear.objects.get_or_create(year=year, defaults={"source": source_of(year)})
        is_new_decree = year <= DECREED_UNTIL and not CalendarYear.objects.get(year=year).is_decreed
        moved = 0
        if new or is_new_decree:
            draft = CalendarDraft(entered=new, decreed_years=(year,) if is_new_decree else ())
            _, moved = change_calendar(draft, cause=f"{source_of(year)}, tahun {year}", by=None)
        self.stdout.write(
            f"{year}: {len(new)} hari ditambahkan, {len(known)} sudah ada, {moved} jatuh tempo berpindah."
        )
