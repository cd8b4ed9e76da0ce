"""End an issued letter: it is replaced or revoked. Its row and files stay as they are."""

from datetime import datetime

from django.utils import timezone

from office import outbox
from office.models import User
from office.refusals import Refused
from office.seals import MovedOn
from recommendations.letter.panel_seal import ShownPanel, changes_of_panel
from recommendations.models import Letter, Submission
from recommendations.moves import locked
from recommendations.workflow import LETTER_LIFE, LetterMoveNotAllowed, LetterStatus, Move


class SigningUnderWay(Refused):
    """Raised when the letter may be signed at this moment, or a signed copy of it waits to be compared."""

    def __init__(self, letter: Letter):
        super().__init__(
            f"Surat {letter.number} sedang ditandatangani, mungkin sudah ditandatangani, atau pindaiannya belum "
            "dicocokkan. Selesaikan dahulu tanda tangannya, lalu ulangi."
        )


class LetterBeingReplaced(Refused):
    """Raised when a letter is signed, sent or handed over although the Kepala wants to replace it."""

    def __init__(self, letter: Letter):
        super().__init__(
            f"Surat {letter.number} sedang diganti Kepala, jadi tidak ditandatangani, dikirim, atau diserahkan."
        )


def locked_letter(letter: Letter, shown: ShownPanel | None) -> tuple[Submission, Letter]:
    """Lock the letter's submission. Return it and the letter as it is now. Call inside a transaction.

    `shown` is what the page showed; None without a page. Raise MovedOn.
    """
    submission = locked(letter.submission)
    letter = Letter.objects.get(pk=letter.pk)
    letter.submission = submission
    must_be_as_shown(letter, shown)
    return submission, letter


def must_be_as_shown(letter: Letter, shown: ShownPanel | None, *, to: str = "") -> None:
    """Raise MovedOn when the page showed another state, another address or other deliveries.

    `shown` is what the page showed; None without a page. `to` is the typed address.
    """
    changes = changes_of_panel(shown, letter, to=to) if shown is not None else []
    if changes:
        raise MovedOn(changes)


def must_be_endable(letter: Letter, step: Move) -> None:
    """Raise LetterMoveNotAllowed when the letter has ended, SigningUnderWay when it may be signed at this moment."""
    LETTER_LIFE.status_after(step, LetterStatus(letter.status))
    if letter.maybe_signed_at or letter.copies.undecided().exists():
        raise SigningUnderWay(letter)


def must_be_usable(letter: Letter, step: Move) -> None:
    """Raise LetterMoveNotAllowed when the letter has ended, LetterBeingReplaced when the Kepala wants to replace it."""
    if letter.is_ended:
        raise LetterMoveNotAllowed(step, LetterStatus(letter.status))
    if letter.is_being_corrected:
        raise LetterBeingReplaced(letter)


def end(letter: Letter, step: Move, *, reason: str, by: User, at: datetime) -> None:
    """Let a letter be replaced or revoked. Its submission is locked. Raise LetterMoveNotAllowed, SigningUnderWay.

    The applicant is owed a mail, except about an unsigned letter that is replaced: only the desk has seen it.
    """
    must_be_endable(letter, step)
    letter.is_notice_owed = step == Move.REVOKE or not letter.awaits_signature
    letter.status = LETTER_LIFE.status_after(step, LetterStatus(letter.status))
    letter.ended_on, letter.ended_at = timezone.localdate(at), at
    letter.ended_by, letter.ended_reason = by, reason
    letter.save()
    withdraw_mails(letter, f"Surat {letter.get_status_display().lower()} sebelum e-mail ini dikirim.")


def withdraw_mails(letter: Letter, why: str) -> None:
    """Stop every mail with this letter: neither the worker nor the admin of the outbox can send it any more."""
    for dispatch in letter.dispatches.exclude(mail=None).select_related("mail"):
        if dispatch.mail:
            outbox.withdraw(dispatch.mail, why=why)
