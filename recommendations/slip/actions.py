"""Write the slip of a returned round, draw it again, record that it was handed over, and mail it again."""

from django.db import transaction

from office import clock, outbox
from office.models import Mail, Office, User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.models import Round, Slip
from recommendations.moves import locked, note_event
from recommendations.promise.telling import tell_round, untell_round
from recommendations.slip.content import slip_content
from recommendations.slip.mailing import mail_slip, tell_by_mail
from recommendations.slip.tasks import draw_slip, send_slip
from recommendations.tries import try_again
from recommendations.workflow import Move, MoveNotAllowed, Status


class SlipNotDrawn(Refused):
    """Raised when the PDF of the slip is not drawn yet."""

    def __init__(self) -> None:
        super().__init__("PDF catatan perbaikan sedang dibuat. Coba lagi sebentar lagi.")


class SlipMailUnderWay(Refused):
    """Raised when a mail of this slip is waiting or being sent."""

    def __init__(self) -> None:
        super().__init__("E-mail catatan perbaikan ini sedang dikirim. Tunggu hasilnya.")


def write_slip(examined: Round, *, by: User) -> Slip:
    """Save a slip with its words frozen, and return it. After the commit the worker draws and mails it.

    Call inside the transaction that returns the form. Raise ClockWentBack.
    """
    today = clock.today()
    content = slip_content(examined, office=Office.objects.current(), returned_on=today, by=by)
    slip = Slip.objects.create(round=examined, content=content, written_by=by)
    nudge(draw_slip, slip.pk)
    return slip


def draw_slip_again(slip: Slip) -> bool:
    """Begin again with the tries of a stuck slip. Return False when it is drawn or still tried."""
    return try_again(slip, draw_slip)


@transaction.atomic
def hand_over_slip(slip: Slip, *, to: str, by: User) -> Slip:
    """Record that the printed slip was handed to the person named `to`, and return the slip.

    This marks the round as told. Change nothing when the slip was handed over before. Raise SlipNotDrawn,
    ClockWentBack, or MoveNotAllowed when the submission is no longer returned.
    """
    slip = _current(slip)
    if not slip.is_drawn:
        raise SlipNotDrawn
    if slip.handed_over_at:
        return slip
    slip.handed_over_at, slip.handed_over_by, slip.handed_to = clock.now(), by, to
    slip.save(update_fields=["handed_over_at", "handed_over_by", "handed_to"])
    words = f"catatan perbaikan diserahkan kepada {to}"
    if not tell_round(slip, at=slip.handed_over_at, by=by, note=words):
        note_event(slip.round.submission, Move.TELL, by=by, note=f"putaran {slip.round.number}: {words}")
    return slip


@transaction.atomic
def mail_slip_again(slip: Slip, *, to: str, again: bool = False, by: User) -> Mail:
    """Mail the slip again, and return the mail.

    When the last mail can be repeated and went to the same address, send that mail again; otherwise put a new one into
    the outbox. Raise SlipNotDrawn, SlipMailUnderWay, MoveNotAllowed, and AddressBounced unless `again`.
    """
    slip = _current(slip)
    if not slip.is_drawn:
        raise SlipNotDrawn
    mail = slip.mail
    is_same = mail is not None and mail.to == to
    if mail and mail.is_under_way and not (is_same and mail.can_be_repeated):  # one that is put off can be sent now
        raise SlipMailUnderWay
    if not again:
        outbox.must_not_bounce(to)
    tell_by_mail(slip)  # a mail that was sent: its round may not be marked as told yet
    if mail is None or not is_same or not outbox.repeat(mail, starts=False):
        mail = mail_slip(slip, key=_next_key(slip), to=to)
    nudge(send_slip, slip.pk)
    return mail


@transaction.atomic
def confirm_slip_arrival(slip: Slip, *, by: User) -> Slip:
    """Record that the slip's mail arrived, though the mail server gave no answer. Return the slip.

    This marks the round as told. Raise MailResultKnown when the slip has no mail with an unknown result, and
    MoveNotAllowed when the submission is no longer returned.
    """
    slip = _current(slip)
    if slip.mail is None or not outbox.take_as_arrived(slip.mail, by=by):
        raise outbox.MailResultKnown
    slip.mail.refresh_from_db()
    tell_by_mail(slip)
    return slip


@transaction.atomic
def note_slip_bounce(slip: Slip, *, reason: str, by: User) -> Slip:
    """Record that the slip's mail came back, and why. Return the slip.

    The round is no longer marked as told, so its promise runs again. Raise MailResultKnown when the mail was not
    sent, and MoveNotAllowed when the submission is no longer returned.
    """
    slip = _current(slip)
    mail = slip.mail
    if mail is None or not outbox.take_as_bounced(mail, reason=reason, by=by):
        raise outbox.MailResultKnown
    told_at = mail.sent_at or clock.now()  # a mail with an unknown result has told nothing
    untell_round(slip, told_at=told_at, by=by, note=f"e-mail kepada {mail.to}: {reason}")
    return slip


def _next_key(slip: Slip) -> str:
    """Return the key of the slip's next mail: `slip:7`, then `slip:7:2` ..."""
    key = f"slip:{slip.pk}"
    count = Mail.objects.filter(key=key).count() + Mail.objects.filter(key__startswith=f"{key}:").count()
    return f"{key}:{count + 1}" if count else key


def _current(slip: Slip) -> Slip:
    """Lock the slip's submission, and return the slip as the database has it now, with its round and mail.

    Raise MoveNotAllowed when the submission is not returned.
    """
    submission = locked(slip.round.submission)
    if submission.status != Status.RETURNED:
        raise MoveNotAllowed(Move.TELL, Status(submission.status))
    slip = Slip.objects.select_related("mail", "round").get(pk=slip.pk)
    slip.round.submission = submission
    return slip
