"""The Kepala signs letters on the desk's own page, several with one passphrase.

A letter is marked before it leaves, so that a killed program or a lost answer leaves it as "may be signed": it is not
sent again before a person says so. A signed file is kept before anything else, because the service gives it only once.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from office import clock
from office.heads import head_on
from office.models import SigningRoute, User
from office.refusals import Refused
from recommendations.attachments.actions.storing import NotStored, kept, sha256_of, storing
from recommendations.letter.pdf import pdf_of
from recommendations.models import Letter, SignedCopy, SubmissionEvent
from recommendations.moves import locked, note_event
from recommendations.signing.acceptance import OtherRoute, awaiting
from recommendations.signing.esign import LONGEST_REQUEST, Passphrase, Signed
from recommendations.signing.programs import must_be_able_to_sign, sign_all
from recommendations.signing.refusals import OutcomeUnknown
from recommendations.signing.signed_file_checks import count_kept
from recommendations.uploads import PDF
from recommendations.workflow import Move


class MaybeSigned(Refused):
    """Raised when the letter is with the signing service, or may be signed there."""

    def __init__(self, letter: Letter):
        super().__init__(
            f"Surat {letter.number} mungkin sudah ditandatangani di layanan. Tanyakan dahulu kepada admin layanan."
        )


class AskedJustNow(Refused):
    """Raised when the service may still be signing the letter: a second request could sign it twice."""

    def __init__(self, until: datetime):
        time = f"{timezone.localtime(until):%H.%M}"
        super().__init__(f"Permintaan tanda tangan surat ini mungkin masih berjalan. Coba lagi sesudah pukul {time}.")


class NotYourLetter(Refused):
    """Raised when the letter was issued by another head of the office, whose name is printed under it."""

    def __init__(self, letter: Letter):
        super().__init__(
            f"Surat {letter.number} terbit atas nama {letter.signatory}, jadi Anda tidak dapat menandatanganinya. "
            "Bila Kepala sudah berganti, buat surat penggantinya."
        )


class NotOneWay(Refused):
    """Raised when the letters are to be signed in different ways: one passphrase cannot be that of both."""

    def __init__(self) -> None:
        super().__init__("Surat yang dipilih ditandatangani dengan cara yang berbeda. Pilih satu cara sekali jalan.")


@dataclass(frozen=True)
class SigningResult:
    """What became of one letter: signed, or why not."""

    letter: Letter
    refusal: Refused | None


def sign_directly(letters: Sequence[Letter], *, passphrase: Passphrase, by: User) -> list[SigningResult]:
    """Sign the letters with one passphrase, which is wiped. Return what became of each.

    Not in a transaction: the service may take minutes. Raise NotTheHead, NotYourLetter, NotOneWay, NoProgram,
    OtherRoute, MaybeSigned, MoveNotAllowed, NotDrawnYet, FileDamaged, ClockWentBack before anything is sent.
    """
    head_on(clock.today(), by)
    _must_be_of(by, letters)
    route = _route_of(letters)
    must_be_able_to_sign(route, by)
    pdfs = [pdf_of(letter) for letter in letters]
    marked_at = _mark_as_sent(letters)
    copies: dict[int, SignedCopy] = {}

    def keep(position: int, pdf: bytes) -> None:
        try:
            copies[position] = _keep(letters[position], pdf, by)
        except NotStored as problem:
            raise OSError(str(problem)) from problem  # the other letters go on, and this one is kept again below

    results = sign_all(route, pdfs, passphrase=passphrase, keep=keep, by=by)
    _unmark(letters, results, marked_at)
    return [
        _settled(letter, result, copies.get(position), by)
        for position, (letter, result) in enumerate(zip(letters, results, strict=True))
    ]


def _must_be_of(by: User, letters: Sequence[Letter]) -> None:
    """Raise NotYourLetter when one was issued by another head."""
    for letter in letters:
        if letter.issued_by_id != by.pk:
            raise NotYourLetter(letter)


def _route_of(letters: Sequence[Letter]) -> str:
    """Return how the letters are signed. Raise NotOneWay."""
    routes = {letter.route for letter in letters}
    if len(routes) != 1:
        raise NotOneWay
    return routes.pop()


@transaction.atomic
def _mark_as_sent(letters: Sequence[Letter]) -> datetime:
    """Mark all letters, or none when one may not be signed now. Return the time of the mark."""
    marked_at = timezone.now()
    for letter in sorted(letters, key=lambda one: one.submission_id):
        awaiting(letter)
        now = Letter.objects.get(pk=letter.pk)
        if not SigningRoute(now.route).is_direct:
            raise OtherRoute(now)
        if now.maybe_signed_at or now.copies.undecided().exists():
            raise MaybeSigned(now)
        Letter.objects.filter(pk=letter.pk).update(maybe_signed_at=marked_at)
    return marked_at


def _unmark(letters: Sequence[Letter], results: Sequence[Signed | Refused], marked_at: datetime) -> None:
    """Take away the mark of letters that are certainly not signed, unless a later press has marked them again."""
    both = zip(letters, results, strict=True)
    unsigned = [letter.pk for letter, result in both if not isinstance(result, Signed | OutcomeUnknown)]
    Letter.objects.filter(pk__in=unsigned, maybe_signed_at=marked_at).update(maybe_signed_at=None)


def _keep(letter: Letter, pdf: bytes, by: User) -> SignedCopy:
    """Keep a signed file as it came. It does not count before it is checked."""
    file = ContentFile(pdf, name=f"{uuid4().hex}.pdf")
    with storing(file) as path:
        copy = SignedCopy.objects.create(
            letter=letter,
            route=letter.route,
            signer=str(by),
            content_type=PDF,
            sha256=sha256_of(file),
            uploaded_by=by,
            **kept(file, path),
        )
        _reach_the_disk(copy)
        return copy


def _reach_the_disk(copy: SignedCopy) -> None:
    """Wait until the file is on the disk itself: the service does not give it a second time."""
    with copy.file.open("rb") as kept_file:
        os.fsync(kept_file.fileno())


def _settled(letter: Letter, result: Signed | Refused, copy: SignedCopy | None, by: User) -> SigningResult:
    """Let a signed file count, or note that the answer was lost."""
    if isinstance(result, Signed):
        try:
            copy = copy or _keep(letter, result.pdf, by)
        except NotStored as refusal:
            return SigningResult(letter, refusal)
        return SigningResult(letter, count_kept(copy, by=by))
    if isinstance(result, OutcomeUnknown):
        note_event(letter.submission, Move.UNSURE, by=None, note=str(result))
    return SigningResult(letter, result)


@transaction.atomic
def allow_again(letter: Letter, *, by: User) -> None:
    """Let a letter be signed again, after somebody asked the service what became of it.

    Raise NotTheHead, and AskedJustNow while the first request may still run.
    """
    head_on(clock.today(), by)
    submission = locked(letter.submission)
    marked_at = Letter.objects.values_list("maybe_signed_at", flat=True).get(pk=letter.pk)
    if marked_at is None:
        return
    if timezone.now() < marked_at + LONGEST_REQUEST and not _has_ended(letter, marked_at):
        raise AskedJustNow(marked_at + LONGEST_REQUEST)
    Letter.objects.filter(pk=letter.pk).update(maybe_signed_at=None)
    note_event(submission, Move.RESUME, by=by)


def _has_ended(letter: Letter, marked_at: datetime) -> bool:
    """Return whether the request of that time has ended: it brought a file, or its result was noted as unknown."""
    events = SubmissionEvent.objects.filter(submission=letter.submission_id, move=Move.UNSURE, at__gte=marked_at)
    return events.exists() or letter.copies.filter(uploaded_at__gte=marked_at).exists()
