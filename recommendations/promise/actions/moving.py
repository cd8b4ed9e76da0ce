"""Move due dates: by a change of the office's calendar, or by a decision with a reason."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from office.calendar import is_working_day, working_days_between
from office.clock import today
from office.formats import long_date
from office.heads import head_on
from office.models import CalendarChange, CalendarYear, DayOff, Office, User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.models import DueChange, Round
from recommendations.moves import locked
from recommendations.promise.due_meter import Clock, dates_of
from recommendations.promise.shifts import CalendarDraft, apply_shifts, preview, preview_mark
from recommendations.promise.tasks import tell_later_dues


class CalendarMovedOn(Refused):
    """Raised when the change would now have another effect than its preview showed."""

    def __init__(self) -> None:
        super().__init__("Kalender atau permohonan berubah sejak pratinjau dibuat. Baca pratinjau yang baru.")


class DueDateMovedOn(Refused):
    """Raised when the due date is not any more the one that the page showed."""

    def __init__(self, due_on: date):
        super().__init__(f"Jatuh tempo kini {long_date(due_on)}, bukan lagi seperti yang Anda baca. Periksa lagi.")


class PromiseNotRunning(Refused):
    """Raised when the promise of this round has ended: the applicant knows the result, or the promise was stopped."""

    def __init__(self) -> None:
        super().__init__("Janji putaran ini sudah selesai, jadi tidak dapat dipindah.")


class NoSuchDueDate(Refused):
    """Raised when the new date cannot be the due date: it is the same, a day off, or not after the start."""


@transaction.atomic
def change_calendar(
    draft: CalendarDraft, *, cause: str, by: User | None, shown: str = ""
) -> tuple[CalendarChange, int]:
    """Change the calendar and move the due date of every running promise that it affects, in one transaction.

    `cause` names the decree. `shown` is the `preview_mark` of the preview, "" when there was no preview. Return the
    calendar change and how many due dates moved. Raise CalendarMovedOn when the preview would be another one now.
    """
    Office.objects.locked()  # one change of the calendar at a time
    found = preview(draft)
    if shown and shown != preview_mark(found):
        raise CalendarMovedOn
    change = CalendarChange.objects.create(by=by, cause=cause, added=_told(draft), removed=_taken(draft))
    _write_days(draft, cause)
    moved = apply_shifts(found, change)
    if any(shift.is_later for shift in found):
        nudge(tell_later_dues)
    return change, moved


def _told(draft: CalendarDraft) -> list[dict[str, str]]:
    return [{"day": one.day.isoformat(), "name": one.name, "kind": one.kind} for one in draft.entered]


def _taken(draft: CalendarDraft) -> list[dict[str, str]]:
    gone = DayOff.objects.filter(day__in=draft.removed)
    return [{"day": one.day.isoformat(), "name": one.name, "kind": one.kind} for one in gone]


def _write_days(draft: CalendarDraft, cause: str) -> None:
    DayOff.objects.filter(day__in=[*draft.removed, *(one.day for one in draft.entered)]).delete()
    DayOff.objects.bulk_create(
        DayOff(day=one.day, name=one.name, kind=one.kind, source=one.source or cause[:150]) for one in draft.entered
    )
    for year in draft.decreed_years:
        CalendarYear.objects.update_or_create(year=year, defaults={"is_decreed": True, "source": cause[:150]})


@transaction.atomic
def move_due_date(
    promised: Round, *, due_on: date, reason: str, shown_due_on: date | None = None, by: User
) -> DueChange:
    """Set another due date for one running promise, with the reason. Return the change.

    A later due date is mailed to the applicant. `shown_due_on` is the due date that the page showed, None without a
    page. Raise NotTheHead, PromiseNotRunning, DueDateMovedOn, NoSuchDueDate.
    """
    head_on(today(), by)
    submission = locked(promised.submission)
    running = submission.rounds.promised().select_for_update().filter(pk=promised.pk).first()
    if running is None:
        raise PromiseNotRunning
    clock, days_off = dates_of(running), DayOff.objects.names()
    if shown_due_on and shown_due_on != clock.due_on:
        raise DueDateMovedOn(clock.due_on)
    _must_be_possible(clock, due_on, days_off)
    change = DueChange.objects.create(
        round=running,
        old_due_on=clock.due_on,
        new_due_on=due_on,
        is_notice_owed=due_on > clock.due_on,
        cause=reason[:300],
        by=by,
    )
    running.due_on = due_on
    running.promise_days = working_days_between(clock.started_on, due_on, days_off)
    running.save(update_fields=["due_on", "promise_days"])
    submission.due_on = due_on
    submission.save(update_fields=["due_on"])
    if change.is_later:
        nudge(tell_later_dues)
    return change


def _must_be_possible(clock: Clock, due_on: date, days_off: Mapping[date, str]) -> None:
    if due_on == clock.due_on:
        raise NoSuchDueDate(f"Jatuh tempo sudah {long_date(due_on)}. Pilih tanggal lain.")
    if not is_working_day(due_on, days_off):
        raise NoSuchDueDate(f"{long_date(due_on)} bukan hari kerja. Pilih hari kerja.")
    if due_on <= clock.started_on:
        raise NoSuchDueDate(f"Janji dihitung dari {long_date(clock.started_on)}. Pilih tanggal sesudahnya.")
