"""Build the dashboard: figures with links to the list, urgent submissions, those that wait, today's alerts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property

from complaints.models import Complaint
from guestbook.periods import Period
from office.calendar import add_working_days
from office.formats import figure
from office.models import User
from recommendations.models import Round
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.promise.alerts import WORDS, AlertLevel
from recommendations.results.awaited import Awaited, awaited, count_late
from recommendations.submissions.filters import ANSWERED, MINE, Due, answered, concerning, due, due_counts, sees_all
from recommendations.submissions.rows import CalendarFacts, in_order, rows_of
from recommendations.workflow import ENDED, Status
from reports.recaps import read_promises
from reports.tiles import Tile, office_tiles, own_complaints_tile

ROWS, FEW = 10, 5
"""The most rows of the urgent section and of the other sections; a link leads to all rows."""
LIST = "recommendations:submission_list"
ALERT_BADGES = {
    # level of an alert: (kind, icon)
    AlertLevel.LATE: ("late", "late"),
    AlertLevel.TODAY: ("warn", "warn"),
    AlertLevel.SOON: ("warn", "warn"),
    AlertLevel.NEAR: ("warn", "warn"),
    AlertLevel.HALF: ("ok", "clock"),
}


@dataclass(frozen=True)
class Section:
    """Some rows under a heading. `url` leads to all rows; the text `nothing` is shown when there are none."""

    key: str
    name: str
    rows: list[dict[str, Any]]
    url: str
    nothing: str


@dataclass(frozen=True)
class Alert:
    """One promise with an alert today, or a complaint that is due. `url` leads to it."""

    url: str
    name: str
    words: str
    kind: str
    icon: str


@dataclass(frozen=True)
class AwaitedResults:
    """The first activities whose results are awaited, and how many there are: late ones, and without a date."""

    rows: list[Awaited]
    late: int
    unknown: int
    url: str


class Overview:
    """The dashboard's content for `user`: an officer's own submissions, or all submissions for the Kepala."""

    def __init__(self, user: User, facts: CalendarFacts, windows: dict[Due, Q]):
        self.found = found = concerning(user)
        self.user, self.facts, self.windows = user, facts, windows
        self.is_head = sees_all(user)
        self.counts = due_counts(found, windows)
        self.statuses = dict(found.order_by().values_list("status").annotate(Count("pk")))
        self.answers = answered(found).count()

    def list_url(self, **query: str) -> str:
        """Return the address of the list of submissions, filtered by `query` and, for an officer, to their own."""
        return reverse(LIST, query=query if self.is_head else {"petugas": MINE} | query)

    def tiles(self, now: datetime, period: Period) -> list[Tile]:
        """Return the figures at the top. The Kepala's share of kept promises and index are those of `period`."""
        late = Tile(
            "Terlambat",
            self.counts["LATE"],
            f"{self.counts['UNEXPLAINED']} tanpa sebab tertulis",
            self.list_url(tenggat=Due.LATE),
        )
        near_note = f"{self.counts['TODAY']} jatuh tempo hari ini"
        near = Tile("Dalam 5 hari kerja", self.counts["NEAR"], near_note, self.list_url(tenggat=Due.NEAR))
        with_head, to_issue = self.found.with_head().count(), self.found.awaiting_issue().count()
        note = f"{to_issue} perlu terbit, {with_head - to_issue} perlu tanda tangan"
        if self.is_head:
            queue = Tile("Menunggu Anda", with_head, note, reverse("recommendations:letter_queue"))
            return [queue, late, near, *self._of_all(now, period)]
        waiting = self.statuses.get(Status.RETURNED, 0)
        returned = Tile("Menunggu pemohon", waiting, f"{self.answers} sudah dijawab", self.list_url(lingkup="pemohon"))
        mine = Tile("Milik saya", self._open(), "belum selesai", self.list_url())
        kepala = Tile("Menunggu Kepala", with_head, note, self.list_url(lingkup="kepala"))
        return [mine, late, near, returned, kepala, own_complaints_tile(self.user, self.facts.today)]

    def _of_all(self, now: datetime, period: Period) -> list[Tile]:
        """Return what only the Kepala sees: the submissions of all officers, the promise, the office in figures."""
        note = f"{self.statuses.get(Status.RETURNED, 0)} menunggu pemohon, {self.answers} sudah dijawab"
        running = Tile("Permohonan terbuka", self._open(), note, self.list_url())
        return [running, self._kept(period), self._results(), *office_tiles(self.user, now, period)]

    def _results(self) -> Tile:
        found = self.awaited()
        note = f"{found.late} lewat tanggal rilis, {found.unknown} tanpa tanggal"
        return Tile("Hasil ditunggu", found.late + found.unknown, note, found.url)

    def _open(self) -> int:
        count: int = sum(self.statuses.values()) - sum(self.statuses.get(ended, 0) for ended in ENDED)
        return count

    def _kept(self, period: Period) -> Tile:
        """Return the share of kept promises. The note names the late ones that still run: no share has them."""
        results = read_promises(period, today=self.facts.today, days_off=self.facts.days_off)
        share = f"{figure(results.kept_share)} %" if results.told else "–"
        kept = f"{results.kept} dari {results.told} putaran, {period.words}"
        note = f"{kept}; {self.counts['LATE']} lewat jatuh tempo belum ada hasil"
        return Tile("Janji layanan ditepati", share, note, reverse("reports:recap", args=[period]))

    def urgent(self) -> Section:
        """Return the open submissions, earliest due date first; for the Kepala only those late or due soon."""
        running = self.found.open()
        if self.is_head:
            name, nothing = "Perlu perhatian", "Tidak ada yang terlambat atau jatuh tempo dalam 5 hari kerja."
            running = due(running, self.windows[Due.LATE] | self.windows[Due.NEAR])
        else:
            name, nothing = "Milik saya, menurut sisa hari kerja", "Permohonan yang Anda rekam muncul di sini."
        return self._section("perlu", name, running, ROWS, self.list_url(), nothing)

    def answers_in(self) -> Section:
        """Return the returned submissions that the applicant has answered, so that the officer must act."""
        nothing = "Jawaban pemohon atas permohonan yang dikembalikan muncul di sini."
        url = self.list_url(lingkup="pemohon", langkah=ANSWERED)
        return self._section("jawaban", "Jawaban pemohon masuk", answered(self.found), FEW, url, nothing)

    def with_head(self) -> Section:
        """Return the submissions that wait for the Kepala."""
        name = "Menunggu Anda" if self.is_head else "Menunggu Kepala"
        nothing = "Permohonan yang sudah diverifikasi muncul di sini sampai suratnya ditandatangani."
        return self._section("kepala", name, self.found.with_head(), FEW, self.list_url(lingkup="kepala"), nothing)

    def awaited(self) -> AwaitedResults:
        """Return the activities whose results and metadata an officer must ask for."""
        rows = self._awaited
        url = reverse("recommendations:result_list", query={} if self.is_head else {"petugas": MINE})
        return AwaitedResults(rows[:FEW], count_late(rows), len(rows) - count_late(rows), url)

    @cached_property
    def _awaited(self) -> list[Awaited]:
        return awaited(self.found, today=self.facts.today)

    def _section(self, key: str, name: str, found: SubmissionQuerySet, most: int, url: str, nothing: str) -> Section:
        rows = rows_of(in_order(found)[:most], self.user, self.facts)
        return Section(key, name, rows, url, nothing)

    def alerts(self) -> list[Alert]:
        """Return the promises with an alert today and the complaints that are due, the most urgent first."""
        alerted = Round.objects.promised().filter(alerted_on=self.facts.today, alert_level__gt=0)
        mine = alerted.filter(submission__in=self.found.order_by().values("pk"))
        rows = mine.order_by("-alert_level", "due_on", "pk").select_related("submission").defer("answers", "typed_by")
        promises = [(AlertLevel(one.alert_level), _alert(one)) for one in rows[:ROWS]]
        both = sorted([*promises, *self._complaint_alerts()], key=lambda pair: -pair[0])
        return [shown for _, shown in both[:ROWS]]

    def _complaint_alerts(self) -> list[tuple[AlertLevel, Alert]]:
        """Return the complaints that the alert mail of today names: those due until the next working day."""
        today = self.facts.today
        due_by = Complaint.objects.visible_to(self.user).due_by(add_working_days(today, 1, self.facts.days_off))
        rows = due_by if self.is_head else due_by.filter(assigned_to=self.user)
        return [_complaint_alert(one, today) for one in rows.order_by("due_on", "code")[:ROWS]]


def _alert(promised: Round) -> Alert:
    level, submission = AlertLevel(promised.alert_level), promised.submission
    name = f"{submission.register} {submission.shown_title}"
    url = reverse("recommendations:deadline", args=[submission.pk])
    return Alert(url, name, WORDS[level].capitalize(), *ALERT_BADGES[level])


def _complaint_alert(complaint: Complaint, today: date) -> tuple[AlertLevel, Alert]:
    """Return the alert of a complaint with its level. It has no word of the complaint: others may see the screen."""
    due_on = complaint.next_due_on or today
    level = AlertLevel.LATE if due_on < today else AlertLevel.TODAY if due_on == today else AlertLevel.SOON
    url = reverse("complaints:complaint_detail", args=[complaint.key])
    return level, Alert(url, f"Pengaduan {complaint.short_code}", WORDS[level].capitalize(), *ALERT_BADGES[level])


def greeting(now: datetime) -> str:
    """Return the Indonesian greeting for this local hour."""
    hours = ((11, "pagi"), (15, "siang"), (18, "sore"), (24, "malam"))
    return "Selamat " + next(word for until, word in hours if now.hour < until)


def called(user: User) -> str:
    """Return the user's name without the titles after it."""
    return str(user).partition(",")[0]
