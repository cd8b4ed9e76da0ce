"""Take in a complaint: the reporter writes it on our page, or an officer enters one that came by another way."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from complaints.actions.handling import ordinary_class
from complaints.models import Complaint, ComplaintTerm
from complaints.moves import locked_complaint, note_complaint_event, step
from complaints.notices import tell_assigned, tell_left, tell_received
from complaints.reporter import Reporter
from complaints.staff import given_at_once, no_head_may_assign
from complaints.workflow import Move
from guestbook.models import Visit
from office import clock
from office.batches import each_alone
from office.formats import short_date
from office.heads import heads_today
from office.models import DayOff, User
from office.refusals import Refused

LONGEST_AGO = timedelta(days=365)
"""An earlier day of receipt is taken for a typing mistake, most often in the year."""


class NamesAnAnonymous(Refused):
    """Raised when a complaint is to be anonymous and to name its reporter."""

    def __init__(self) -> None:
        super().__init__("Pengaduan tanpa nama tidak menyimpan nama, nomor HP, e-mail, atau kunjungan pelapor.")


class ReceivedOnNoDay(Refused):
    """Raised when an officer enters a day of receipt that is not over, or longer ago than LONGEST_AGO."""


class TokenUsed(Refused):
    """Raised when a form with another text was sent before with the same token, as after "back" in the browser."""

    def __init__(self) -> None:
        super().__init__("Formulir ini sudah dipakai untuk pengaduan lain. Isian Anda masih ada: kirim sekali lagi.")


class IsAboutTheReceiver(Refused):
    """Raised when an officer enters a complaint about themself: that officer would get its code."""

    def __init__(self) -> None:
        super().__init__(
            "Pengaduan tentang Anda tidak dapat Anda catat sendiri. Serahkan kepada pegawai lain untuk dicatat, atau "
            "minta pelapor menulisnya di halaman pengaduan atau di kios."
        )


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
    received_on: date | None = None,
    by: User | None,
) -> Complaint:
    """Save a new complaint with the day of its first response, and return it. One `form_token` makes one complaint.

    `about` is the person complained about: the head's goes to an officer at once, the only officer's to the head. `by`
    is None when the reporter wrote it. `received_on` is an earlier day on which it reached the office by another
    channel: the terms count from it. None is today. Raise TokenUsed, NamesAnAnonymous, IsAboutTheReceiver,
    ReceivedOnNoDay, ClockWentBack.
    """
    if same := _with_token(form_token, text):
        return same
    if reporter.is_anonymous and visit:
        raise NamesAnAnonymous
    if by and about == by:
        raise IsAboutTheReceiver
    at = _received_at(received_on)
    facts = {"received_at": at, "text": text, "channel": channel, "element": element, "about": about, "visit": visit}
    try:
        return _received(reporter, facts | {"sp4n_number": sp4n_number, "form_token": form_token}, by)
    except IntegrityError:  # the same form, sent twice at once
        if same := _with_token(form_token, text):
            return same
        raise


@transaction.atomic
def _received(reporter: Reporter, facts: dict[str, Any], by: User | None) -> Complaint:
    complaint = Complaint.objects.create(
        **facts,
        is_anonymous=reporter.is_anonymous,
        is_confidential=reporter.is_confidential,
        reporter_name=reporter.name,
        reporter_phone=reporter.phone,
        reporter_email=reporter.email,
        received_by=by,
        wrote_at=facts["received_at"],
        **_first_term(timezone.localdate(facts["received_at"])),
    )
    earlier = "" if complaint.has_minute else f", sampai di kantor {short_date(complaint.received_at)}"
    note_complaint_event(complaint, Move.RECEIVE, by=by, note=f"{complaint.get_channel_display()}{earlier}")
    _give_at_once(complaint)
    return complaint


def _with_token(form_token: UUID | None, text: str) -> Complaint | None:
    same = Complaint.objects.filter(form_token=form_token).first() if form_token else None
    if same and same.text != text:
        raise TokenUsed
    return same


def _received_at(day: date | None) -> datetime:
    """Return now for today; for an earlier day its midnight, because the minute is not known."""
    now = clock.now()
    today = timezone.localdate(now)
    if day is None or day == today:
        return now
    if day > today:
        raise ReceivedOnNoDay(f"Tanggal {short_date(day)} belum tiba.")
    if day < today - LONGEST_AGO:
        raise ReceivedOnNoDay(f"Tanggal {short_date(day)} lebih dari {LONGEST_AGO.days} hari yang lalu. Periksa lagi.")
    return timezone.make_aware(datetime.combine(day, time.min))


def _first_term(day: date) -> dict[str, Any]:
    term = ComplaintTerm.objects.first_response()
    return {"first_due_on": term.ends_on(day, DayOff.objects.names().keys()), "first_days": term.working_days}


def give_waiting() -> int:
    """Give the open complaints about the head that no active officer has to one, and return how many were given.

    The head cannot see them, so a complaint that found no officer, or whose officer left, would wait for ever. An
    anonymous one waits until its day is over: an officer at the counter would see it come while its reporter leaves.
    Raise ClockWentBack, and RowsFailed at the end.
    """
    heads = [head.pk for head in heads_today()]
    today = Q(is_anonymous=True, received_at__date=timezone.localdate())
    waiting = Complaint.objects.unassigned().filter(about__in=heads).exclude(today).order_by("code")
    return sum(each_alone(waiting, _given))


@transaction.atomic
def _given(complaint: Complaint) -> bool:
    complaint = locked_complaint(complaint)
    given = given_at_once(complaint) if complaint.lacks_officer else None  # another clock may have given it meanwhile
    if given:
        tell_assigned(complaint, at=_give(complaint, *given))
    return bool(given)


def tell_heads_of_left() -> None:
    """Mail the heads the open complaints whose officer is not active any more, once for each officer.

    Raise RowsFailed at the end.
    """
    left = Complaint.objects.unassigned().exclude(assigned_to=None).with_staff().order_by("code")
    each_alone(left, transaction.atomic(tell_left))


def _give_at_once(complaint: Complaint) -> None:
    """Give a complaint about the head, or about the only officer, to another person; tell the head of any other.

    Of an anonymous one no mail is written now, and no officer gets it now: the clock does both in the morning.
    """
    given = given_at_once(complaint)
    if given and not (complaint.is_anonymous and no_head_may_assign(complaint)):
        at = _give(complaint, *given)
        if not complaint.is_anonymous:
            tell_assigned(complaint, at=at)
    elif not complaint.is_anonymous:
        tell_received(complaint)


def _give(complaint: Complaint, user: User, reason: str) -> datetime:
    """Give the complaint to the user, and return the time.

    It gets the ordinary class, so that it has an end date until one is chosen.
    """
    facts = ordinary_class(complaint)
    term = facts.get("term", complaint.term)
    return step(complaint, Move.ASSIGN, by=None, note=f"{user}, {term}: {reason}", assigned_to=user, **facts)
