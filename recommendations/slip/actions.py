"""Write the slip of a returned round, draw it again, record that it was handed over, and mail it again."""

from django.db import transaction
from django.utils import timezone

from office import outbox
from office.models import Mail, Office, User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.models import Round, Slip
from recommendations.moves import locked, note_event
from recommendations.papers import forget_tries
from recommendations.promise.telling import tell_round
from recommendations.slip.content import slip_content
from recommendations.slip.mailing import mail_slip, tell_by_mail
from recommendations.slip.tasks import draw_slip, send_slip
from recommendations.workflow import Move, MoveNotAllowed, Status


class SlipNotDrawn(Refused):
    """Raised when the PDF of the slip is not drawn yet."""

    def __init__(self) -> None:
        super().__init__("PDF catatan perbaikan sedang dibuat. Coba lagi sebentar lagi.")


class SlipMailUnderWay(Refused):
    """Raised when a mail of this slip is waiting or being sent."""

    def __init__(self) -> None:
        super().__init__("E-mail catatan perbaikan ini sedang dikirim. Tunggu hasilnya.")


class SlipNotMailed(Refused):
    """Raised when the stored PDF is missing or changed, so it cannot be mailed."""

    def __init__(self) -> None:
        super().__init__("Berkas PDF catatan perbaikan hilang atau berubah. Minta admin kantor memulihkannya.")


def write_slip(examined: Round, *, by: User) -> Slip:
    """Save a slip with its words frozen, and return it. After the commit the worker draws and mails it.

    Call inside the transaction that returns the form.
    """
    today = timezone.localdate()
    content = slip_content(examined, office=Office.objects.current(), returned_on=today, by=by)
    slip = Slip.objects.create(round=examined, content=content, written_by=by)
    nudge(draw_slip, slip.pk)
    return slip


def draw_slip_again(slip: Slip) -> bool:
    """Begin again with the tries of a stuck slip. Return False when it is drawn or still tried."""
    is_stuck = forget_tries(slip)
    if is_stuck:
        nudge(draw_slip, slip.pk)
    return is_stuck


@transaction.atomic
def hand_over_slip(slip: Slip, *, to: str, by: User) -> Slip:
    """Record that the printed slip was handed to the person named `to`, and return the slip.

    This marks the round as told. Change nothing when the slip was handed over before. Raise SlipNotDrawn, or
    MoveNotAllowed when the submission is no longer returned.
    """
    slip = _current(slip)
    if not slip.is_drawn:
        raise SlipNotDrawn
    if slip.handed_over_at:
        return slip
    slip.handed_over_at, slip.handed_over_by, slip.handed_to = timezone.now(), by, to
    slip.save(update_fields=["handed_over_at", "handed_over_by", "handed_to"])
    words = f"catatan perbaikan diserahkan kepada {to}"
    if not tell_round(slip, at=slip.handed_over_at, by=by, note=words):
        note_event(slip.round.submission, Move.TELL, by=by, note=f"putaran {slip.round.number}: {words}")
    return slip


@transaction.atomic
def mail_slip_again(slip: Slip, *, to: str, by: User) -> Mail:
    """Mail the slip again, and return the mail.

    When the last mail failed and went to the same address, send that mail again; otherwise put a new one into the
    outbox. Raise SlipNotDrawn, SlipMailUnderWay, SlipNotMailed, MoveNotAllowed.
    """
    slip = _current(slip)
    if not slip.is_drawn:
        raise SlipNotDrawn
    mail = slip.mail
    if mail and mail.status in (Mail.Status.WAITING, Mail.Status.SENDING):
        raise SlipMailUnderWay
    if mail and mail.status == Mail.Status.SENT:  # its round may not be marked as told yet
        tell_by_mail(slip)
    if not (mail and mail.to == to and outbox.repeat(mail)):
        mail = mail_slip(slip, key=_next_key(slip), to=to)
    if mail is None:
        raise SlipNotMailed
    nudge(send_slip, slip.pk)
    return mail


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
