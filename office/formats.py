"""Dates, times, figures, telephone numbers as Indonesian readers expect them. Pure but for the office's time zone."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format

from office.refusals import Refused

ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def zone_name(moment: datetime) -> str:
    """WIB, WITA or WIT: the Indonesian name of the zone of a local `moment`."""
    offset = moment.utcoffset()
    return ZONES.get(int(offset.total_seconds() // 3600), "") if offset else ""


def clock(moment: datetime) -> str:
    """`09.42 WITA` in the office's zone."""
    local = timezone.localtime(moment)
    return f"{local:%H.%M} {zone_name(local)}".strip()


def long_date(day: date) -> str:
    """`Senin, 23 November 2026`; a datetime is taken in the office's zone."""
    return date_format(_local_day(day), "l, j F Y")


def plain_date(day: date) -> str:
    """`23 November 2026`."""
    return date_format(_local_day(day), "j F Y")


def short_date(day: date) -> str:
    """`23/11/2026`."""
    return f"{_local_day(day):%d/%m/%Y}"


def _local_day(day: date) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day


def figure(value: float | None) -> str:
    """`1.234`; a float with its one decimal, `12,5`; nothing is `–`."""
    if value is None:
        return "–"
    return number_format(value, 1 if isinstance(value, float) else 0, force_grouping=True)


def signed(number: int) -> str:
    """`+7`, `−8`, `+0`: with the sign that stands on a screen."""
    return f"{number:+d}".replace("-", "−")


class NotAPhone(Refused):
    """Raised when the text is not a telephone number."""


def e164(typed: str) -> str:
    """`0812-3456-7890`, `+62 812...`, `62812...`, `(+62) 0812...`, `0062 812...` -> `+62812...`. Raises NotAPhone."""
    digits = re.sub(r"[\s().\-\u2010-\u2015/]", "", typed)
    digits = re.sub(r"^((\+|00)?62)?0?", "", digits)
    if not re.fullmatch(r"[1-9][0-9]{6,12}", digits):
        raise NotAPhone("Nomor telepon belum lengkap, contoh: 0812-3456-7890.")
    return f"+62{digits}"


def masked(email: str) -> str:
    """`budi@contoh.example` -> `b***@contoh.example`: known to its owner, not read by the next in the row."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1] if len(local) > 1 else ''}***@{domain}"


def shown_phone(stored: str) -> str:
    """`+6281234567890` -> `0812-3456-7890`; anything else as it is."""
    if not stored.startswith("+62"):
        return stored
    digits = "0" + stored[3:]
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
