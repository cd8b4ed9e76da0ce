"""Write dates, times and figures the Indonesian way. Pure except for the office's time zone."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from django.utils import timezone
from django.utils.formats import date_format, number_format

PLACES: dict[type, int] = {float: 1, Decimal: 2}
"""The decimals of a figure, by its type."""
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def zone_name(moment: datetime) -> str:
    """Return WIB, WITA or WIT: the Indonesian name of the zone of a local `moment`. Empty for any other zone."""
    offset = moment.utcoffset()
    return ZONES.get(int(offset.total_seconds() // 3600), "") if offset else ""


def clock(moment: datetime) -> str:
    """Return the time in the office's zone, e.g. `09.42 WITA`."""
    local = timezone.localtime(moment)
    return f"{local:%H.%M} {zone_name(local)}".strip()


def long_date(day: date) -> str:
    """Return the date as `Senin, 23 November 2026`; a datetime is first moved to the office's zone."""
    return date_format(_local_day(day), "l, j F Y")


def plain_date(day: date) -> str:
    """Return the date as `23 November 2026`; a datetime is first moved to the office's zone."""
    return date_format(_local_day(day), "j F Y")


def short_date(day: date) -> str:
    """Return the date as `23/11/2026`; a datetime is first moved to the office's zone."""
    return f"{_local_day(day):%d/%m/%Y}"


def _local_day(day: date) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day


def tenths(value: Fraction | None) -> float | None:
    """Return the value with one decimal, rounded half up; None for None."""
    return None if value is None else floor(value * 10 + Fraction(1, 2)) / 10


def percent(part: int, whole: int) -> float | None:
    """Return `part` of `whole` in percent with one decimal, rounded half up; None when `whole` is 0."""
    return tenths(Fraction(100 * part, whole)) if whole else None


def figure(value: float | Decimal | str | None) -> str:
    """Return `1.234`, a float with one decimal as `12,5`, a Decimal with two, None as `–`, a text as it is.

    Decimals are rounded half up.
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    places = PLACES.get(type(value), 0)
    if places:  # number_format would cut the other decimals off
        value = Decimal(str(value)).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
    return number_format(value, places, force_grouping=True)


def signed(number: int) -> str:
    """Return `+7`, `−8` or `+0`, with a true minus sign."""
    return f"{number:+d}".replace("-", "−")


def masked(email: str) -> str:
    """Return `b***@contoh.example` for `budi@contoh.example`: the owner recognises it, a bystander cannot read it."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1] if len(local) > 1 else ''}***@{domain}"
