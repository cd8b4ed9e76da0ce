"""Send the letter by e-mail or WhatsApp, record that it was handed over, and close the submission."""

from uuid import UUID

from django.db import transaction

from office import clock, outbox
from office.models import User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.letter.delivery import note_arrival
from recommendations.letter.ending import must_be_as_shown, must_be_usable
from recommendations.letter.panel_seal import ShownPanel
from recommendations.letter.pdf import NotSignedYet, given_file
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch, Letter, Submission
from recommendations.moves import locked, move, note_event
from recommendations.workflow import Move, Status, status_after


class MailUnderWay(Refused):
    """Raised when a mail of this letter is waiting or being sent."""

    def __init__(self) -> None:
        super().__init__("E-mail surat ini sedang dikirim. Tunggu hasilnya.")


class MailNotRepeatable(Refused):
    """Raised when a mail was sent already, or its text was deleted."""

    def __init__(self) -> None:
        super().__init__("E-mail ini tidak dapat dikirim lagi. Kirim PDF ke alamat lewat isian di bawah.")


class FormOfOtherDelivery(Refused):
    """Raised when the form belongs to another letter, or to another way of sending this one."""

    def __init__(self) -> None:
        super().__init__("Isian ini sudah dipakai untuk pengiriman lain. Buka lagi halaman ini, lalu isi yang baru.")


class DeliveredBefore(Refused):
    """Raised when the receiver has the letter already: the page asks whether to give it again."""

    def __init__(self, before: list[Dispatch]):
        self.before = before
        super().__init__("Surat ini sudah pernah dikirim ke sana atau diserahkan. Ulangi bila memang perlu.")


@transaction.atomic
def send_by_email(
    submission: Submission,
    *,
    to: str,
    form_token: UUID,
    shown: ShownPanel | None = None,
    again: bool = False,
    by: User,
) -> Dispatch:
    """Ask the worker to mail the letter to `to`. Return the dispatch: one for each `form_token`, also when repeated.

    `shown` is what the page showed; None without a page. The submission's lock allows only one mail under way. Raise
    MovedOn, NotSignedYet, LetterBeingReplaced, MailUnderWay, FormOfOtherDelivery, MoveNotAllowed; and unless `again`
    DeliveredBefore and AddressBounced.
    """
    letter = _signed_letter(submission)
    asked = _of_this_form(letter, Dispatch.Channel.EMAIL, form_token)
    if asked:
        return asked
    _must_be_only_mail(letter)
    must_be_as_shown(letter, shown, to=to)
    _must_be_new(letter, to, again)
    if not again:
        outbox.must_not_bounce(to)
    dispatch = Dispatch.objects.create(
        letter=letter,
        signed=given_file(letter).copy,
        channel=Dispatch.Channel.EMAIL,
        to=to,
        form_token=form_token,
        requested_by=by,
    )
    nudge(send_dispatch, dispatch.pk)
    return dispatch


@transaction.atomic
def repeat_mail(dispatch: Dispatch, *, again: bool = False, by: User) -> Dispatch:
    """Send again a mail that was put off, refused, failed, or has an unknown result. Return its dispatch.

    Raise MailUnderWay when this mail is being sent or another mail of the letter is under way. Raise MailNotRepeatable
    when the mail was sent or has no text any more. Raise MoveNotAllowed when the submission is closed,
    LetterMoveNotAllowed when the letter has ended, and LetterBeingReplaced while it is being replaced. Raise
    AddressBounced when mail to the address came back, unless `again`.
    """
    letter = _signed_letter(dispatch.letter.submission)
    dispatch = Dispatch.objects.select_related("mail", "letter").get(pk=dispatch.pk)
    must_be_usable(dispatch.letter, Move.DELIVER)
    _must_be_only_mail(letter, apart_from=dispatch)
    if dispatch.mail is None:
        raise MailUnderWay
    if dispatch.signed != given_file(letter).copy:  # it carries the letter from before it was signed
        raise MailNotRepeatable
    if not outbox.repeat(dispatch.mail, starts=False):
        raise MailUnderWay if dispatch.mail.is_under_way else MailNotRepeatable
    if not again:
        outbox.must_not_bounce(dispatch.to)  # a mail that can never go again is refused before this question
    dispatch.noted, dispatch.requested_by = "", by
    dispatch.save(update_fields=["noted", "requested_by"])
    nudge(send_dispatch, dispatch.pk)
    return dispatch


def _must_be_only_mail(letter: Letter, apart_from: Dispatch | None = None) -> None:
    if any(dispatch != apart_from for dispatch in letter.dispatches.under_way()):
        raise MailUnderWay


@transaction.atomic
def hand_over(
    submission: Submission,
    *,
    to: str,
    form_token: UUID,
    shown: ShownPanel | None = None,
    again: bool = False,
    by: User,
) -> Dispatch:
    """Record that the person named `to` was given the signed letter. Return the dispatch: one for each `form_token`.

    `shown` is what the page showed; None without a page. Raise MovedOn, NotSignedYet, LetterBeingReplaced,
    FormOfOtherDelivery, MoveNotAllowed, ClockWentBack, and DeliveredBefore unless `again`.
    """
    letter = _signed_letter(submission)
    dispatch, is_new = _given(letter, Dispatch.Channel.PAPER, to, form_token, shown=shown, again=again, by=by)
    if is_new:
        note_arrival(letter.submission, dispatch, at=dispatch.requested_at, by=by)
    return dispatch


@transaction.atomic
def note_whatsapp(
    submission: Submission,
    *,
    to: str,
    form_token: UUID,
    shown: ShownPanel | None = None,
    again: bool = False,
    by: User,
) -> Dispatch:
    """Record that an officer sent the prepared message to the number `to`. Return the dispatch: one a `form_token`.

    The officer sends it in his own browser, so this says "dikirim", never "sampai": the submission does not move and
    the promise runs on. It is kept by the first proof: the applicant fetches the letter by the link in the message
    (`fetch_letter`), or answers, and the officer enters the answer (`note_answer`).

    `shown` is what the page showed; None without a page. Raise MovedOn, NotSignedYet, FormOfOtherDelivery,
    MoveNotAllowed, ClockWentBack, and DeliveredBefore unless `again`.
    """
    letter = _signed_letter(submission)
    dispatch, is_new = _given(letter, Dispatch.Channel.WHATSAPP, to, form_token, shown=shown, again=again, by=by)
    if is_new:
        note_event(letter.submission, Move.WHATSAPP, by=by, note=dispatch.shown_to, at=dispatch.requested_at)
    return dispatch


def _given(
    letter: Letter,
    channel: Dispatch.Channel,
    to: str,
    form_token: UUID,
    *,
    shown: ShownPanel | None,
    again: bool,
    by: User,
) -> tuple[Dispatch, bool]:
    """Return the dispatch that this form makes of a letter given without a mail of ours, and whether it is new.

    Raise MovedOn, FormOfOtherDelivery, ClockWentBack, and DeliveredBefore unless `again`.
    """
    made = _of_this_form(letter, channel, form_token)
    if made:
        return made, False
    must_be_as_shown(letter, shown)
    _must_be_new(letter, to, again)
    dispatch = Dispatch.objects.create(
        letter=letter,
        signed=given_file(letter).copy,
        channel=channel,
        to=to,
        form_token=form_token,
        requested_at=clock.now(),
        requested_by=by,
    )
    return dispatch, True


def _of_this_form(letter: Letter, channel: Dispatch.Channel, form_token: UUID) -> Dispatch | None:
    """Return the dispatch that this form made before, None when it made none. Raise FormOfOtherDelivery."""
    found = Dispatch.objects.filter(form_token=form_token).first()
    if found and (found.letter_id, found.channel) != (letter.pk, channel):
        raise FormOfOtherDelivery
    return found


def _must_be_new(letter: Letter, to: str, again: bool) -> None:
    """Raise DeliveredBefore when the letter went to this receiver before, or over the counter, unless `again`."""
    if again:
        return
    before = list(letter.dispatches.gone_to(to).select_related("requested_by", "mail"))
    if before:
        raise DeliveredBefore(before)


def _signed_letter(submission: Submission) -> Letter:
    """Lock the submission and return its letter. Raise MoveNotAllowed, LetterBeingReplaced, NotSignedYet."""
    submission = locked(submission)
    status_after(Move.DELIVER, Status(submission.status))
    letter = Letter.objects.not_ended().get(submission=submission)
    must_be_usable(letter, Move.DELIVER)
    if letter.awaits_signature:
        raise NotSignedYet
    return letter


@transaction.atomic
def close_submission(submission: Submission, *, by: User) -> Submission:
    """Close a submission whose letter was sent or handed over. Raise MoveNotAllowed."""
    return move(locked(submission), Move.CLOSE, by=by)
