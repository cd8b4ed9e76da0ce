"""Check a kept file with an electronic signature against its letter, and let it count or reject it."""

import logging
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.clock import ClockWentBack
from office.models import User
from office.refusals import Refused
from recommendations.attachments.originals import original
from recommendations.letter.pdf import pdf_of
from recommendations.models import Letter, SignedCopy
from recommendations.models.drawing_tries import STUCK_AFTER
from recommendations.models.signed_copies import SignedCopyQuerySet
from recommendations.moves import locked, note_event
from recommendations.signing.acceptance import awaiting, count
from recommendations.signing.doubts import name_doubt
from recommendations.signing.other_letters import other_letter_in, words_of_other
from recommendations.signing.roots import trusted_roots
from recommendations.signing.signer_names import is_name_of
from recommendations.tries import problem_words
from recommendations.uploads.refusal import BadFile, DiskNotReady, NotCheckedNow, TooComplex
from recommendations.uploads.signatures import Kinship, SeenFile, Signature, seen_file
from recommendations.workflow import LetterMoveNotAllowed, Move, MoveNotAllowed

log = logging.getLogger(__name__)

AGAIN = "Unduh lagi PDF surat, tanda tangani, lalu unggah."


class NotThisLetterSigned(Refused):
    """Raised when the file is not this letter with an intact signature and nothing else."""


class CameTooLate(Refused):
    """Raised when the letter was signed in another way, or has ended, before this file could count."""

    def __init__(self) -> None:
        super().__init__(
            "Surat ini sudah ditandatangani dengan cara lain atau sudah berakhir, jadi berkas ini ditolak."
        )


class NotReadYet(Refused):
    """Returned when a kept file begins with our letter, and was too complex to be checked: it may be good."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas bertanda tangan surat ini disimpan, tetapi terlalu rumit dan belum dapat diperiksa. "
            "Jangan tanda tangani lagi, dan beri tahu admin."
        )


class CheckFailed(Refused):
    """Returned when the check of a kept file failed as foreseen by no rule: the file may be good."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas bertanda tangan surat ini disimpan, tetapi pemeriksaannya gagal. "
            "Jangan tanda tangani lagi: berkasnya diperiksa lagi sendiri."
        )


NOT_OF_THE_FILE = (NotCheckedNow, DiskNotReady, ClockWentBack)
"""Why a check may fail without a fault of the file. Such a try does not count."""


def seen_of(letter: Letter, content: bytes) -> SeenFile:
    """Return what was seen of a file that is this letter, signed and unchanged.

    Raise NotThisLetterSigned, BadFile, NotDrawnYet, FileDamaged.
    """
    try:
        seen = seen_file(content, drawn=pdf_of(letter), roots=trusted_roots(), for_visitor=False)
    except (NotCheckedNow, DiskNotReady):
        raise
    except BadFile:  # the answers inside another letter are not those of this one
        _must_be_no_other_letter(letter, content)
        raise
    if seen.kinship == Kinship.OTHER:
        _must_be_no_other_letter(letter, content)
        raise NotThisLetterSigned(f"Berkas ini bukan surat ini. {AGAIN}")
    if not seen.signatures:
        raise NotThisLetterSigned("Berkas ini belum ditandatangani secara elektronik.")
    if not seen.unchanged:
        raise NotThisLetterSigned(f"Berkas ini tidak dapat diterima: {seen.problem}")
    _must_show_nothing_of_others(letter, seen)
    return seen


def _must_show_nothing_of_others(letter: Letter, seen: SeenFile) -> None:
    """Raise NotThisLetterSigned when somebody else than the signatory put a picture on a page: it may say anything.

    Beside a trusted signature of the signatory, another one counts only when it is trusted too: anybody can make a
    certificate with that name.
    """
    main = _main_signature(letter, seen)
    for one in seen.signatures:
        is_own = is_name_of(one.signer, letter.signatory) and (one.trusted or one == main)
        if one.is_visible and not is_own:
            words = f"Tanda tangan {one.signer or 'orang yang tidak bernama'} digambar di atas halaman surat"
            raise NotThisLetterSigned(f"{words}. Hanya {letter.signatory} yang boleh menaruh gambar di sana. {AGAIN}")


def _must_be_no_other_letter(letter: Letter, content: bytes) -> None:
    """Raise NotThisLetterSigned with its number when the file is another letter of the office."""
    if other := other_letter_in(content, letter):
        raise NotThisLetterSigned(f"{words_of_other(other, letter)} {AGAIN}")


def facts_of(letter: Letter, seen: SeenFile) -> dict[str, Any]:
    """Return the fields of a SignedCopy that are read from the file: signer, time and signatures.

    The signer is the signatory where the file has that signature, by a trusted certificate before another one with the
    name; otherwise the last who signed.
    """
    main = _main_signature(letter, seen)
    return {
        "signer": main.signer,
        "signed_at": main.stamped_at or main.signed_at,
        "signatures": [_as_json(signature) for signature in seen.signatures],
    }


def _main_signature(letter: Letter, seen: SeenFile) -> Signature:
    named = [one for one in seen.signatures if is_name_of(one.signer, letter.signatory)]
    return next((one for one in named if one.trusted), (named or seen.signatures)[-1])


def _as_json(signature: Signature) -> dict[str, Any]:
    times = {name: getattr(signature, name) for name in ("signed_at", "stamped_at")}
    return asdict(signature) | {name: time.isoformat() if time else "" for name, time in times.items()}


def count_kept(copy: SignedCopy, *, by: User) -> Refused | None:
    """Let a kept file count, or reject it. Return None, or why it does not count.

    The letter of a rejected file stays marked as maybe signed. A file that cannot be checked now waits for its next
    turn (`settle_kept`), and counts the try that failed.
    """
    rows = SignedCopy.objects.filter(pk=copy.pk)
    rows.begin_check()
    try:
        refusal = _decided(copy, by)
    except Exception as problem:
        log.exception("The signed copy %s could not be settled.", copy.pk)
        rows.unchecked().update(check_problem=problem_words(problem))
        return CheckFailed()
    if refusal:
        _note_try(rows, refusal)
    return refusal


def _note_try(rows: SignedCopyQuerySet, refusal: Refused) -> None:
    """Write down why a file is not decided. One that is too complex costs much, and is read once an hour at most."""
    if isinstance(refusal, NOT_OF_THE_FILE):
        rows.take_back_check()
    elif isinstance(refusal, NotReadYet):
        rows.unchecked().update(check_tries=STUCK_AFTER, check_problem="Berkasnya terlalu rumit.")
    else:
        rows.unchecked().update(check_problem=problem_words(refusal))


def _decided(copy: SignedCopy, by: User) -> Refused | None:
    """Let the file count, or reject it. Return None, or why it does not count."""
    try:
        seen = seen_of(copy.letter, original(copy))
        _must_be_the_signatorys(copy.letter, seen)
    except (NotCheckedNow, DiskNotReady) as later:
        return later
    except (NotThisLetterSigned, BadFile) as refusal:
        return _refused(copy, refusal, by)
    except Refused as lost:  # a file is damaged or missing: the copy waits for a person
        return lost
    try:
        _count(copy, seen, by)
    except (MoveNotAllowed, LetterMoveNotAllowed):
        late = CameTooLate()
        _reject(copy, late, by)
        return late
    except Refused as refusal:
        return refusal
    return None


def _refused(copy: SignedCopy, refusal: Refused, by: User) -> Refused:
    """Reject the file, and return why. One that begins with our letter, and is only too complex to read, waits."""
    if isinstance(refusal, TooComplex) and original(copy).startswith(pdf_of(copy.letter)):
        return NotReadYet()
    _reject(copy, refusal, by)
    return refusal


def _must_be_the_signatorys(letter: Letter, seen: SeenFile) -> None:
    """Raise NotThisLetterSigned when the service signed in another name, e.g. because the NIK is another person's."""
    if doubt := name_doubt(letter, seen.signatures):
        raise NotThisLetterSigned(f"{doubt} Periksa NIK dan nama Anda pada data pegawai bersama admin.")


@transaction.atomic
def _count(copy: SignedCopy, seen: SeenFile, by: User) -> None:
    """Let the file count, unless another program has done so meanwhile. Raise MoveNotAllowed, ClockWentBack."""
    locked(copy.letter.submission)
    copy.refresh_from_db()
    if not copy.is_waiting:
        return
    submission = awaiting(copy.letter)
    for name, value in facts_of(copy.letter, seen).items():
        setattr(copy, name, value)
    copy.save(update_fields=["signer", "signed_at", "signatures"])
    count(copy, submission, by=by)


@transaction.atomic
def _reject(copy: SignedCopy, refusal: Refused, by: User) -> None:
    """Reject a file, unless it was decided meanwhile."""
    submission = locked(copy.letter.submission)
    copy.refresh_from_db()
    if not copy.is_waiting:
        return
    copy.outcome, copy.decided_at, copy.decided_by = SignedCopy.State.REJECTED, timezone.now(), by
    copy.reason = str(refusal)[:300]
    copy.save(update_fields=["outcome", "decided_at", "decided_by", "reason"])
    note_event(submission, Move.REJECT, by=by, note=copy.reason, at=copy.decided_at)


def settle_kept() -> int:
    """Check the signed files that wait for it, because their check was cut off or failed. Return how many then count.

    After one that fails, the others are still checked. One that fails STUCK_AFTER times is then tried hourly.
    """
    rows = SignedCopy.objects.to_check(timezone.now()).select_related("letter__submission", "uploaded_by")
    return sum(count_kept(copy, by=copy.uploaded_by) is None for copy in rows)
