"""Take in a complaint: the reporter writes it on our page, or an officer enters one that came by another way."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from complaints.models import Complaint, ComplaintTerm
from complaints.moves import locked_complaint, note_complaint_event, step
from complaints.notices import heads_today, tell_assigned, tell_received
from complaints.reporter import Reporter
from complaints.staff import given_at_once
from complaints.workflow import Move
from guestbook.models import Visit
from office import clock
from office.models import DayOff, User
from office.refusals import Refused


class NamesAnAnonymous(Refused):
    """Raised when a complaint is to be anonymous and to name its reporter."""

    def __init__(self) -> None:
        super().__init__("Pengaduan tanpa nama tidak menyimpan nama, nomor HP, e-mail, atau kunjungan pelapor.")


def receive(
    *,
    text: str,
    channel: str,
    reporter: Reporter,
    element: str = "",
    about: User | None = None,
    visit: Visit | None = None,
    sp4n_number: str = "",
    form_token: UUID | None = None,
    by: User | None,
) -> Complaint:
    """Save a new complaint with the day of its first response, and return it. One `form_token` makes one complaint.

    `about` is the person complained about: the head's goes to an officer at once, the only officer's to the head. `by`
    is None when the reporter wrote it. Raise NamesAnAnonymous, ClockWentBack.
    """
    if same := _with_token(form_token):
        return same
    if reporter.is_anonymous and visit:
        raise NamesAnAnonymous
    facts = {"text": text, "channel": channel, "element": element, "about": about, "visit": visit}
    try:
        return _received(reporter, facts | {"sp4n_number": sp4n_number, "form_token": form_token}, by)
    except IntegrityError:  # the same form, sent twice at once
        if same := _with_token(form_token):
            return same
        raise


@transaction.atomic
def _received(reporter: Reporter, facts: dict[str, Any], by: User | None) -> Complaint:
    now = clock.now()
    complaint = Complaint.objects.create(
        **facts,
        is_anonymous=reporter.is_anonymous,
        is_confidential=reporter.is_confidential,
        reporter_name=reporter.name,
        reporter_phone=reporter.phone,
        reporter_email=reporter.email,
        received_at=now,
        received_by=by,
        wrote_at=now,
        first_due_on=_first_due_on(timezone.localdate(now)),
    )
    note_complaint_event(complaint, Move.RECEIVE, by=by, note=complaint.get_channel_display())
    _give_at_once(complaint)
    return complaint


def _with_token(form_token: UUID | None) -> Complaint | None:
    return Complaint.objects.filter(form_token=form_token).first() if form_token else None


def _first_due_on(today: date) -> date:
    return ComplaintTerm.objects.first_response().ends_on(today, DayOff.objects.names().keys())


def give_waiting() -> int:
    """Give the open complaints about the head that no active officer has to one, and return how many were given.

    The head cannot see them, so a complaint that found no officer, or whose officer left, would wait for ever.
    Raise ClockWentBack.
    """
    heads = [head.pk for head in heads_today()]
    left = Q(assigned_to=None) | Q(assigned_to__is_active=False)
    waiting = Complaint.objects.open().filter(left, about__in=heads).order_by("pk")
    return sum(map(_given, waiting))


@transaction.atomic
def _given(complaint: Complaint) -> bool:
    complaint = locked_complaint(complaint)
    given = given_at_once(complaint)
    if given:
        _give(complaint, *given)
    return bool(given)


def _give_at_once(complaint: Complaint) -> None:
    """Give a complaint about the head, or about the only officer, to another person; tell the head of any other."""
    if given := given_at_once(complaint):
        _give(complaint, *given)
    else:
        tell_received(complaint)


def _give(complaint: Complaint, user: User, reason: str) -> None:
    step(complaint, Move.ASSIGN, by=None, note=f"{user}: {reason}", assigned_to=user)
    tell_assigned(complaint)
