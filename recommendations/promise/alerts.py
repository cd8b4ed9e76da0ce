"""Alert the responsible officers before a promise is due: at half time, 5 and 2 working days before, on the due date,
and on each working day after it.

Each round stores its level (`alert_level`). A run that comes late therefore sends only the most urgent alert, and an
alert other than `LATE` is sent twice only when the due date moved between. The number of statements does not grow with
the rounds.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.template.loader import render_to_string

from office.batches import must_be_none
from office.calendar import ONE_DAY, add_working_days, is_working_day
from office.formats import long_date
from office.models import DayOff, Head, Mail, Office, User
from office.outbox import put_mails_of
from recommendations.models import AlertDay, Round
from recommendations.models.rounds import RoundQuerySet


class AlertLevel(IntEnum):
    """How urgent a running promise is."""

    HALF = 1
    NEAR = 2
    SOON = 3
    TODAY = 4
    LATE = 5


WORDS = {
    AlertLevel.LATE: "terlambat",
    AlertLevel.TODAY: "jatuh tempo hari ini",
    AlertLevel.SOON: "sisa 2 hari kerja atau kurang",
    AlertLevel.NEAR: "sisa 5 hari kerja atau kurang",
    AlertLevel.HALF: "setengah waktu sudah lewat",
}
Counts = Mapping[int, Mapping[int, int]]
"""Officer id -> level -> how many rounds of that officer were alerted."""
HEAD_FROM = AlertLevel.SOON
"""From this level on the Kepala gets the alerts of all officers too."""
NAMED = 20
"""A mail lists at most this many rounds, the most urgent first, and counts the rest."""


@dataclass(frozen=True)
class Digest:
    """The alerts of one day for one user: `counts` as (words, number), `rows` the most urgent rounds."""

    user: User
    counts: list[tuple[str, int]]
    rows: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def unnamed(self) -> int:
        return self.total - len(self.rows)


def alert(today: date) -> int:
    """Send the alerts of `today`. Return how many rounds were alerted: 0 on a day off, or when it was done already.

    Raise RowsFailed at the end when the mail to a person could not be written. The others get theirs.
    """
    count, failed = _alert(today)
    must_be_none(failed)
    return count


@transaction.atomic
def _alert(today: date) -> tuple[int, int]:
    """Return how many rounds were alerted, and how many mails could not be written."""
    days_off = DayOff.objects.names().keys()
    if not is_working_day(today, days_off):
        return 0, 0
    office = Office.objects.locked()  # so that two clocks never alert at once
    if AlertDay.objects.filter(day=today).exists():
        return 0, 0
    count = failed = 0
    if raise_levels(Thresholds(today, days_off, office.promise_days)):
        found = digests(today)
        count = found.count
        failed = len(put_mails_of(found.to, lambda digest: _mail(digest, office, today)))
    AlertDay.objects.create(day=today, rounds=count)
    return count, failed


class Thresholds:
    """The latest due date of each level on one day, so that SQL finds a round's level by comparing dates."""

    def __init__(self, today: date, days_off: Collection[date], promise_days: int):
        self.today = today
        ahead = {AlertLevel.SOON: 2, AlertLevel.NEAR: 5, AlertLevel.HALF: max(promise_days // 2, 6)}
        self.latest = {level: add_working_days(today, days, days_off) for level, days in ahead.items()}
        self.latest |= {AlertLevel.TODAY: today, AlertLevel.LATE: today - ONE_DAY}

    def level(self) -> Case:
        """Return the level of a round's due date as an SQL expression; 0 when no alert is due yet."""
        levels = sorted(AlertLevel, reverse=True)
        whens = [When(due_on__lte=self.latest[level], then=Value(int(level))) for level in levels]
        return Case(*whens, default=Value(0))


def raise_levels(now: Thresholds) -> int:
    """Save today's level in every running promise whose level changed, or that is late. Return how many were saved.

    A round that reached a higher level, or is late and was not alerted today, is alerted today. A round whose due date
    moved to a later day gets a lower level without an alert.
    """
    running = Round.objects.promised().annotate(level_now=now.level())
    is_late_again = Q(due_on__lt=now.today) & (Q(alerted_on=None) | Q(alerted_on__lt=now.today))
    is_reached = Q(alert_level__lt=now.level()) | is_late_again
    return running.filter(~Q(alert_level=F("level_now")) | is_late_again).update(
        alert_level=now.level(), alerted_on=Case(When(is_reached, then=Value(now.today)), default=F("alerted_on"))
    )


@dataclass(frozen=True)
class Digests:
    """The mails of one day, and how many rounds were alerted."""

    count: int
    to: list[Digest]


def digests(today: date) -> Digests:
    """Return the mails of `today`: one for each officer with alerted rounds, and one for the Kepala.

    The Kepala also gets the urgent rounds of all officers, and every round whose officer cannot get mail.
    """
    alerted = Round.objects.promised().filter(alerted_on=today)
    counts: dict[int, dict[int, int]] = {}
    by_officer = alerted.order_by().values_list("submission__officer", "alert_level").annotate(Count("pk"))
    for officer, level, count in by_officer:
        counts.setdefault(officer, {})[level] = count
    is_head = Exists(Head.objects.on(today).filter(user=OuterRef("pk")))
    people = User.objects.annotate(is_head=is_head).filter(Q(pk__in=counts) | Q(is_head=True))
    reachable = {user.pk: user for user in people if user.is_active and user.email}
    told = _of_officers(alerted, counts, reachable)
    for head in (user for user in reachable.values() if user.is_head):
        if digest := _of_head(head, alerted, counts, reachable):
            told[head.pk] = digest
    return Digests(sum(sum(levels.values()) for levels in counts.values()), list(told.values()))


def _of_officers(alerted: RoundQuerySet, counts: Counts, reachable: Mapping[int, User]) -> dict[int, Digest]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in _most_urgent(alerted, partition="submission__officer"):
        rows.setdefault(row["submission__officer"], []).append(row)
    mine = (pk for pk in counts if pk in reachable)
    return {pk: Digest(reachable[pk], _in_words(counts[pk]), rows[pk]) for pk in mine}


def _of_head(head: User, alerted: RoundQuerySet, counts: Counts, reachable: Mapping[int, User]) -> Digest | None:
    """Return the Kepala's mail, or None when there is nothing to report.

    It has every round from HEAD_FROM on. Below that it has the Kepala's own rounds, and those of officers who cannot
    get mail.
    """
    own = [pk for pk in counts if pk == head.pk or pk not in reachable]
    summed: dict[int, int] = {}
    for officer, levels in counts.items():
        for level, count in levels.items():
            if level >= HEAD_FROM or officer in own:
                summed[level] = summed.get(level, 0) + count
    if not summed:
        return None
    urgent = alerted.filter(Q(alert_level__gte=HEAD_FROM) | Q(submission__officer__in=own))
    return Digest(head, _in_words(summed), _most_urgent(urgent, partition=None))


def _in_words(counts: Mapping[int, int]) -> list[tuple[str, int]]:
    return [(words, counts[level]) for level, words in WORDS.items() if counts.get(level)]


def _most_urgent(alerted: RoundQuerySet, *, partition: str | None) -> list[dict[str, Any]]:
    place = Window(RowNumber(), partition_by=F(partition) if partition else None, order_by=["due_on", "pk"])
    facts = (
        "submission__officer",
        "submission__number",
        "submission__year",
        "submission__title",
        "due_on",
        "late_reason",
    )
    named = alerted.annotate(place=place).filter(place__lte=NAMED).order_by("due_on", "pk")
    return list(named.values(*facts, "alert_level", "submission__officer__name", "submission_id"))


def _row_words(row: Mapping[str, Any]) -> str:
    """Return the level of a row in words; for a late row with its late reason, or that there is none yet."""
    level = AlertLevel(row["alert_level"])
    reason = " ".join(row["late_reason"].split())
    late = f", sebab: {reason}" if reason else ", sebab belum ditulis"
    return WORDS[level] + (late if level is AlertLevel.LATE else "")


def _mail(digest: Digest, office: Office, today: date) -> Mail:
    lines = [row | {"words": _row_words(row)} for row in digest.rows]
    return Mail(
        key=f"alert:{digest.user.pk}:{today.isoformat()}",
        to=digest.user.email,
        subject=f"Jatuh tempo: {digest.total} permohonan perlu perhatian, {long_date(today)}",
        body=render_to_string(
            "recommendations/promise/mail_alert.txt",
            {"digest": digest, "rows": lines, "office": office, "today": today},
        ),
    )
