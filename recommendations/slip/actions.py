"""The slip of a returned round: written with the return, handed over at the desk, mailed again."""

from django.db import transaction
from django.utils import timezone

from office import outbox
from office.models import Mail, Office, User
from office.refusals import Refused
from recommendations.models import Round, Slip
from recommendations.moves import locked, note_event
from recommendations.promise.telling import tell_round
from recommendations.slip.content import slip_content
from recommendations.slip.mailing import mail_slip, tell_by_mail
from recommendations.slip.tasks import draw_slip, send_slip
from recommendations.workflow import Move, MoveNotAllowed, Status


class SlipNotDrawn(Refused):
    """Raised while the PDF is still being made."""

    def __init__(self) -> None:
        super().__init__("PDF catatan perbaikan sedang dibuat. Coba lagi sebentar lagi.")


class SlipMailUnderWay(Refused):
    """Raised while a mail of this slip waits or is being sent."""

    def __init__(self) -> None:
        super().__init__("E-mail catatan perbaikan ini sedang dikirim. Tunggu hasilnya.")


class SlipNotMailed(Refused):
    """Raised when the kept PDF cannot be sent."""

    def __init__(self) -> None:
        super().__init__("Berkas PDF catatan perbaikan hilang atau berubah. Minta admin kantor memulihkannya.")


def write_slip(examined: Round, *, by: User) -> Slip:
    """Freeze the words of the slip and ask the worker to draw and mail it. Part of the return's transaction."""
    today = timezone.localdate()
    content = slip_content(examined, office=Office.objects.current(), returned_on=today, by=by)
    slip = Slip.objects.create(round=examined, content=content, written_by=by)
    draw_slip.delay_on_commit(slip.pk)
    return slip


@transaction.atomic
def hand_over_slip(slip: Slip, *, to: str, by: User) -> Slip:
    """Record that the printed slip was handed to the person named `to`; the first time counts.

    From then on the applicant knows. Raises SlipNotDrawn, MoveNotAllowed (nothing is returned any more).
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
    """Mail the slip once more: the mail that failed to the same address, a new one to another.

    Raises SlipNotDrawn, SlipMailUnderWay, SlipNotMailed, MoveNotAllowed.
    """
    slip = _current(slip)
    if not slip.is_drawn:
        raise SlipNotDrawn
    mail = slip.mail
    if mail and mail.status in (Mail.Status.WAITING, Mail.Status.SENDING):
        raise SlipMailUnderWay
    if mail and mail.status == Mail.Status.SENT:  # nobody has noted it yet
        tell_by_mail(slip)
    if not (mail and mail.to == to and outbox.repeat(mail)):
        mail = mail_slip(slip, key=_next_key(slip), to=to)
    if mail is None:
        raise SlipNotMailed
    send_slip.delay_on_commit(slip.pk)
    return mail


def _next_key(slip: Slip) -> str:
    """`slip:7`, then `slip:7:2` ...: each mail of a slip is another one."""
    key = f"slip:{slip.pk}"
    count = Mail.objects.filter(key=key).count() + Mail.objects.filter(key__startswith=f"{key}:").count()
    return f"{key}:{count + 1}" if count else key


def _current(slip: Slip) -> Slip:
    """The slip as it stands, its submission locked and returned with it. Raises MoveNotAllowed."""
    submission = locked(slip.round.submission)
    if submission.status != Status.RETURNED:
        raise MoveNotAllowed(Move.TELL, Status(submission.status))
    slip = Slip.objects.select_related("mail", "round").get(pk=slip.pk)
    slip.round.submission = submission
    return slip
