"""The figures of the whole office on the Kepala's dashboard: visits, index, complaints, plan. Each has its link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format

from complaints.models import Complaint
from guestbook.models import Visit
from guestbook.periods import Period, period_around
from guestbook.workflow import Status
from office.formats import figure
from office.models import Office, User
from ratings.models import FollowUp
from ratings.skm_readings import QuarterIndex, read_index
from ratings.skm_report import too_few_words


@dataclass(frozen=True)
class Tile:
    """One figure, with a link to the rows that it counts. `unit` is written small behind it."""

    name: str
    value: str | int
    note: str
    url: str
    unit: str = ""


def office_tiles(user: User, now: datetime, quarter: Period) -> list[Tile]:
    """Return the figures of the office at `now`. At most fifteen queries."""
    index = index_tile(quarter, Office.objects.current())
    return [*visit_tiles(now), index, complaint_tile(user, now), plan_tile(timezone.localdate(now))]


def visit_tiles(now: datetime) -> Iterator[Tile]:
    """Yield the visits of today, those that wait at `now`, and those of the month. One query."""
    today = timezone.localdate(now)
    month = period_around(today, 1)
    of_today, of_month = Q(day=today), Q(day__gte=month.first)
    waiting = of_today & Q(status=Status.WAITING)
    found = Visit.objects.filter(day__range=(month.former.first, today)).order_by()
    counts = found.aggregate(
        today=Count("pk", filter=of_today),
        served=Count("pk", filter=of_today & Q(status=Status.SERVED)),
        waiting=Count("pk", filter=waiting),
        since=Min("taken_at", filter=waiting),
        month=Count("pk", filter=of_month),
        former=Count("pk", filter=~of_month),
    )
    recap = reverse("reports:day_recap")
    yield Tile("Kunjungan hari ini", counts["today"], f"{counts['served']} selesai dilayani", recap)
    longest = _longest(counts["since"], now)
    yield Tile("Menunggu sekarang", counts["waiting"], longest, reverse("reports:day_recap", fragment="terbuka"))
    former = f"{month.former.words}: {figure(counts['former'])}"
    url = reverse("guestbook:recap", query={"periode": month.code})
    yield Tile("Kunjungan bulan ini", figure(counts["month"]), former, url)


def _longest(since: datetime | None, now: datetime) -> str:
    """Return in words how long the first visitor waits."""
    if since is None:
        return "antrian kosong"
    return f"terlama {max(0, int((now - since).total_seconds() // 60))} menit"


def index_tile(quarter: Period, office: Office) -> Tile:
    """Return the IKM of the quarter: the frozen one, if it is frozen.

    Below the office's minimum of respondents there is no index; then the note has that of the quarter before.
    """
    minimum, url = office.min_respondents, reverse("ratings:skm_report", query={"periode": quarter.code})
    found = read_index(quarter, minimum)
    if not (found.ikm and found.mutu):
        former = _index_words(read_index(quarter.former, minimum))
        return Tile("IKM", "–", f"{too_few_words(found.n, minimum)} {former}".strip(), url)
    frozen = ", dibekukan" if found.is_frozen else ""
    note = f"n = {figure(found.n)}, {quarter.words}{frozen}"
    return Tile("IKM", number_format(found.ikm, 2), note, url, unit=found.mutu.letter)


def _index_words(found: QuarterIndex) -> str:
    """Return the index of a former quarter in words; "" when it has none."""
    if not (found.ikm and found.mutu):
        return ""
    return f"{found.period.words}: {number_format(found.ikm, 2)} ({found.mutu.letter})"


def complaint_tile(user: User, now: datetime) -> Tile:
    """Return the open complaints that `user` may see. Only numbers: no dashboard shows what a complaint says."""
    seen = Complaint.objects.visible_to(user)
    late, unassigned = seen.overdue(timezone.localdate(now)).count(), seen.unassigned().count()
    note = f"{late} lewat jatuh tempo" + (f", {unassigned} belum ditugaskan" if unassigned else "")
    url = reverse("complaints:complaint_list", query={"saring": "terbuka"})
    return Tile("Pengaduan terbuka", seen.open().count(), note, url)


def own_complaints_tile(user: User, today: date) -> Tile:
    """Return the open complaints that `user` has to handle."""
    own = Complaint.objects.visible_to(user).filter(assigned_to=user)
    url = reverse("complaints:complaint_list", query={"saring": "saya"})
    return Tile("Pengaduan saya", own.open().count(), f"{own.overdue(today).count()} lewat jatuh tempo", url)


def plan_tile(today: date) -> Tile:
    """Return the measures of the SKM's follow-up plan that are not finished."""
    note = f"{FollowUp.objects.overdue(today).count()} lewat jatuh tempo"
    return Tile("Tindak lanjut SKM", FollowUp.objects.unfinished().count(), note, reverse("ratings:follow_up_list"))
