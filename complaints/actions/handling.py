"""Assign a complaint, answer it, ask back, write down a plan, and close it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from complaints.models import Complaint, ComplaintTerm
from complaints.moves import locked_complaint, must_still_run, note_complaint_event, say, step, was_sent
from complaints.notices import tell_assigned, tell_reporter
from complaints.page_seal import ShownComplaint, must_match_page
from complaints.staff import formerly_about, handlers_of, no_head_may_assign
from complaints.workflow import Move
from office import clock
from office.formats import short_date
from office.heads import head_on
from office.models import DayOff, User
from office.refusals import Refused
from office.texts import with_full_stop


class IsAboutThem(Refused):
    """Raised when a complaint would be handled by the officer complained about."""

    def __init__(self, user: User):
        super().__init__(f"Pengaduan ini tentang {user}, jadi ditangani orang lain.")


class WasAboutThem(Refused):
    """Raised when a complaint would be handled by somebody whom it was about before that was changed."""

    def __init__(self, user: User):
        super().__init__(f"{user} pernah tercatat sebagai yang diadukan, jadi pengaduan ini ditangani orang lain.")


class MayNotHandle(Refused):
    """Raised when a complaint would be assigned to somebody who does not handle complaints."""

    def __init__(self, user: User):
        super().__init__(f"{user} tidak bertugas menangani pengaduan. Pilih orang lain.")


class NotYours(Refused):
    """Raised when a complaint is assigned to somebody else."""

    def __init__(self, complaint: Complaint):
        who = complaint.assigned_to or "belum siapa pun"
        assigned = with_full_stop(f"Pengaduan ini ditugaskan kepada {who}")
        super().__init__(f"{assigned} Yang menanganinya yang menjawab.")


class StaysAboutTheHead(Refused):
    """Raised when an officer would say that a complaint about the head of the office is about somebody else."""

    def __init__(self) -> None:
        super().__init__("Pengaduan tentang Kepala tetap tentang Kepala selama Kepala lain belum menugaskannya.")


@transaction.atomic
def assign_complaint(
    complaint: Complaint,
    *,
    assigned_to: User,
    term: ComplaintTerm,
    about: User | None,
    element: str | None = None,
    sp4n_number: str | None = None,
    shown: ShownComplaint | None = None,
    by: User,
) -> Complaint:
    """Give the complaint to a person, with its class, its unsur and the officer it is about. Return it.

    Without an unsur or a number of SP4N-LAPOR! these stay as they are; `about` None means that it is about no officer.
    A change of that is an event of its own, and the former one never handles this complaint.
    The class sets until when it has to be closed, counted from its receipt, or from its reopening. Once that day has
    passed, another class moves no date: an overdue complaint does not come in time by it. An act of the head; of a
    complaint about the only head of today, an act of the officer who has it.
    `shown` is what the page showed, None without a page, here and in the other acts. Raise MovedOn, NotTheHead,
    NotYours, IsAboutThem, WasAboutThem, StaysAboutTheHead, MayNotHandle, MoveNotAllowed, ClockWentBack.
    """
    today = clock.today()
    complaint = locked_complaint(complaint)
    if no_head_may_assign(complaint):
        _must_take_the_heads_place(complaint, about, by)
    else:
        _must_head_the_office(complaint, today, by)
    must_match_page(complaint, Move.ASSIGN, shown)
    former = complaint.assigned_to
    _change_about(complaint, about, by)
    _must_be_free_to_handle(complaint, assigned_to)
    dates = {} if complaint.end_has_passed(today) else class_dates(complaint, term)
    at = step(
        complaint,
        Move.ASSIGN,
        by=by,
        note=f"{assigned_to}, {term}{_said_of_dates(complaint, dates)}",
        assigned_to=assigned_to,
        term=term,
        element=complaint.element if element is None else element,
        sp4n_number=complaint.sp4n_number if sp4n_number is None else sp4n_number,
        **dates,
    )
    if assigned_to != former:
        tell_assigned(complaint, at=at)
    return complaint


def _must_head_the_office(complaint: Complaint, today: date, by: User) -> None:
    head_on(today, by)
    if by.pk == complaint.about_id:
        raise IsAboutThem(by)


def _must_take_the_heads_place(complaint: Complaint, about: User | None, by: User) -> None:
    if by.pk == complaint.about_id:
        raise IsAboutThem(by)
    if by.pk != complaint.assigned_to_id:
        raise NotYours(complaint)
    if about != complaint.about:
        raise StaysAboutTheHead


def _change_about(complaint: Complaint, about: User | None, by: User) -> None:
    former = complaint.about
    if about != former:
        complaint.about = about
        note = f"{former or 'belum ada'} → {about or 'tidak ada'}"
        note_complaint_event(complaint, Move.ABOUT, by=by, note=note, was_about=former)


def _must_be_free_to_handle(complaint: Complaint, user: User) -> None:
    if user.pk == complaint.about_id:
        raise IsAboutThem(user)
    if user.pk in formerly_about(complaint):
        raise WasAboutThem(user)
    if not handlers_of(complaint).filter(pk=user.pk).exists():
        raise MayNotHandle(user)


def _said_of_dates(complaint: Complaint, dates: dict[str, Any]) -> str:
    """Return what becomes of the day of the end that was promised before, as the end of the event's note."""
    if not complaint.due_on:
        return ""
    if not dates:
        return f"; batas selesai {short_date(complaint.due_on)} sudah lewat, jadi tetap"
    moved = dates["due_on"] != complaint.due_on
    return f"; selesai: {short_date(complaint.due_on)} → {short_date(dates['due_on'])}" if moved else ""


def class_dates(complaint: Complaint, term: ComplaintTerm) -> dict[str, Any]:
    """Return the last day of the complaint's class, counted on the office's calendar, and its working days."""
    return {"due_on": term.ends_on(complaint.starts_on, DayOff.objects.names().keys()), "due_days": term.working_days}


def ordinary_class(complaint: Complaint) -> dict[str, Any]:
    """Return the ordinary class with its last day; nothing for a complaint that has a class and a last day."""
    if complaint.term and complaint.due_on:
        return {}
    term = complaint.term or ComplaintTerm.objects.ordinary()
    return {"term": term, **class_dates(complaint, term)}


def answer(
    complaint: Complaint, *, text: str, form_token: UUID | None = None, shown: ShownComplaint | None = None, by: User
) -> Complaint:
    """Send the reporter an answer. Return the complaint. One `form_token` makes one answer, here and in the others.

    Raise MovedOn, NotYours, MoveNotAllowed, ClockWentBack.
    """
    return _write(complaint, Move.ANSWER, text, form_token=form_token, shown=shown, by=by)


@transaction.atomic
def ask_reporter(
    complaint: Complaint, *, text: str, form_token: UUID | None = None, shown: ShownComplaint | None = None, by: User
) -> Complaint:
    """Ask the reporter something. Return the complaint.

    It is no response: neither the status nor a due date changes. Raise MovedOn, NotYours, MoveNotAllowed,
    ClockWentBack.
    """
    complaint = locked_complaint(complaint)
    if was_sent(complaint, form_token):
        return complaint
    _must_be_mine(complaint, Move.ASK, shown, by)
    must_still_run(complaint, Move.ASK)
    at = note_complaint_event(complaint, Move.ASK, by=by, form_token=form_token)
    say(complaint, Move.ASK, text, at=at, by=by)
    tell_reporter(complaint, words="ada pertanyaan dari petugas", key=f"ask:{at.isoformat()}")
    return complaint


def plan(
    complaint: Complaint,
    *,
    text: str,
    due_on: date,
    form_token: UUID | None = None,
    shown: ShownComplaint | None = None,
    by: User,
) -> Complaint:
    """Tell the reporter what the office will do, and until when. Return the complaint.

    Raise PlanInThePast, MovedOn, NotYours, MoveNotAllowed, ClockWentBack.
    """
    clock.no_plan_for_the_past(due_on)
    return _write(complaint, Move.PLAN, text, form_token=form_token, shown=shown, by=by, due_on=due_on)


@transaction.atomic
def _write(
    complaint: Complaint,
    move: Move,
    text: str,
    *,
    form_token: UUID | None,
    shown: ShownComplaint | None,
    by: User,
    due_on: date | None = None,
) -> Complaint:
    complaint = locked_complaint(complaint)
    if was_sent(complaint, form_token):
        return complaint
    _must_be_mine(complaint, move, shown, by)
    at = step(complaint, move, by=by, form_token=form_token)
    say(complaint, move, text, at=at, by=by, due_on=due_on)
    tell_reporter(complaint, words="ada tanggapan baru", key=f"answer:{at.isoformat()}")
    return complaint


@transaction.atomic
def close_complaint(
    complaint: Complaint,
    *,
    outcome: str,
    note: str,
    form_token: UUID | None = None,
    shown: ShownComplaint | None = None,
    by: User,
) -> Complaint:
    """End the complaint with its outcome in words; the reporter may then rate the handling. Return it.

    One that never got a class gets the ordinary one: every complaint that has ended has a class and a last day.
    Raise MovedOn, NotYours, MoveNotAllowed, ClockWentBack.
    """
    complaint = locked_complaint(complaint)
    if was_sent(complaint, form_token):
        return complaint
    _must_be_mine(complaint, Move.CLOSE, shown, by)
    facts: dict[str, Any] = {"outcome": outcome, "outcome_note": note, "closed_at": clock.now(), "is_satisfied": None}
    words = Complaint.Outcome(outcome).label
    step(complaint, Move.CLOSE, by=by, note=words, form_token=form_token, **facts, **ordinary_class(complaint))
    key = "closed-again" if complaint.reopened_at else "closed"
    tell_reporter(complaint, words="selesai ditangani, mohon nilai penanganannya", key=key)
    return complaint


def _must_be_mine(complaint: Complaint, move: Move, shown: ShownComplaint | None, by: User) -> None:
    """Raise NotYours when a locked complaint is not assigned to `by`, MovedOn when it is not as it was shown."""
    if complaint.assigned_to_id != by.pk:
        raise NotYours(complaint)
    must_match_page(complaint, move, shown)
