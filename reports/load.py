"""Count each officer's submissions: open, due soon, late, and their median age."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from guestbook.recaps import MEDIAN, percentile
from office.calendar import WorkingDays
from recommendations.models import Round, Submission
from recommendations.submissions.filters import Due


@dataclass(frozen=True)
class Load:
    """One officer's open submissions. `age` is their median age in working days."""

    pk: int
    name: str
    open: int
    near: int
    late: int
    age: float


def loads(today: date, days_off: Collection[date], windows: dict[Due, Q]) -> list[Load]:
    """Return every officer with an open submission, the largest number first. Two queries."""
    due = {row["submission__officer"]: row for row in _due(windows)}
    ages = _ages(today, days_off)
    found = [_load(pk, name, days, due.get(pk, {})) for (pk, name), days in ages.items()]
    return sorted(found, key=lambda one: (-one.open, one.name))


def _due(windows: dict[Due, Q]) -> Iterable[dict[str, Any]]:
    counts = {"late": Count("pk", filter=windows[Due.LATE]), "near": Count("pk", filter=windows[Due.NEAR])}
    return Round.objects.promised().order_by().values("submission__officer").annotate(**counts)


def _ages(today: date, days_off: Collection[date]) -> dict[tuple[int, str], list[int]]:
    calendar = WorkingDays(days_off, since=date(today.year - 2, 1, 1), until=date(today.year, 12, 31))
    opened = Submission.objects.open().order_by().values_list("officer", "officer__name", "opened_at")
    ages: dict[tuple[int, str], list[int]] = {}
    for officer, name, at in opened:
        ages.setdefault((officer, name), []).append(calendar.between(timezone.localdate(at), today))
    return ages


def _load(pk: int, name: str, ages: list[int], due: dict[str, Any]) -> Load:
    return Load(pk, name, len(ages), due.get("near", 0), due.get("late", 0), float(percentile(ages, MEDIAN) or 0))
