"""Wet ink: take in the scan of the signed paper, and let it count when it was compared with the letter."""

from django.core.files import File
from django.db import transaction

from office import clock
from office.models import SigningRoute, User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.attachments.actions.storing import kept, sha256_of, storing
from recommendations.models import Letter, SignedCopy
from recommendations.moves import locked, note_event
from recommendations.signing.acceptance import OtherRoute, awaiting, count
from recommendations.signing.tasks import draw_copy
from recommendations.tries import try_again
from recommendations.uploads import PDF
from recommendations.workflow import Move


class ScanWaits(Refused):
    """Raised when another scan of the letter waits to be compared."""

    def __init__(self) -> None:
        super().__init__("Sudah ada pindaian yang menunggu dicocokkan. Cocokkan atau tolak dahulu pindaian itu.")


class ScanDecided(Refused):
    """Raised when the scan has been accepted or rejected meanwhile."""

    def __init__(self) -> None:
        super().__init__("Pindaian ini sudah dicocokkan di tempat lain. Lihat hasilnya pada halaman ini.")


class NotAScan(Refused):
    """Raised when an officer wants to let a file with an electronic signature count: the desk checks it."""

    def __init__(self) -> None:
        super().__init__("Berkas ini bertanda tangan elektronik, jadi diperiksa sistem. Tidak dicocokkan dengan mata.")


class ScanNotShown(Refused):
    """Raised when a scan should count whose pages could not be seen yet."""

    def __init__(self) -> None:
        super().__init__(
            "Halaman pindaian ini belum tampil, jadi belum dapat dicocokkan. Tunggu sampai halamannya tampil."
        )


class RejectedBefore(Refused):
    """Raised when the same file was rejected for this letter already."""

    def __init__(self, rejected: SignedCopy):
        super().__init__(f"Pindaian ini sudah ditolak untuk surat ini: {rejected.reason}")


class ScanOfAnother(Refused):
    """Raised when the same file counts as another letter."""

    def __init__(self, other: Letter):
        super().__init__(f"Pindaian ini sudah menjadi surat {other.number}. Unggah pindaian surat yang benar.")


def take_scan(letter: Letter, *, file: "File[bytes]", by: User) -> SignedCopy:
    """Keep the scan, a checked PDF, and return it. It does not count before `accept_scan`.

    Raise MoveNotAllowed, NotDrawnYet, OtherRoute, ScanWaits, RejectedBefore, ScanOfAnother, NotStored, ClockWentBack.
    """
    sha256 = sha256_of(file)
    with storing(file) as path:
        submission = awaiting(letter)
        _must_be_wet(letter)
        if letter.copies.undecided().exists():
            raise ScanWaits
        _must_be_new(letter, sha256)
        scan = SignedCopy.objects.create(
            letter=letter,
            route=SigningRoute.WET,
            signer=letter.signatory,
            content_type=PDF,
            sha256=sha256,
            uploaded_at=clock.now(),
            uploaded_by=by,
            **kept(file, path),
        )
        note_event(submission, Move.SCAN, by=by, note=scan.name, at=scan.uploaded_at)
        nudge(draw_copy, scan.pk)
        return scan


def _must_be_wet(letter: Letter) -> None:
    if letter.route != SigningRoute.WET:
        raise OtherRoute(letter)


def _must_be_new(letter: Letter, sha256: str) -> None:
    """Raise RejectedBefore, or ScanOfAnother, when the file with this SHA-256 was decided before."""
    same = SignedCopy.objects.filter(sha256=sha256)
    if rejected := same.filter(letter=letter, outcome=SignedCopy.State.REJECTED).last():
        raise RejectedBefore(rejected)
    if other := same.accepted().exclude(letter=letter).select_related("letter").first():
        raise ScanOfAnother(other.letter)


@transaction.atomic
def accept_scan(scan: SignedCopy, *, by: User) -> Letter:
    """Let a scan that was compared with its letter count, and return the letter.

    No person decides that an electronic signature holds, and none compares pages that were not shown. Raise
    MoveNotAllowed, ScanDecided, NotAScan, ScanNotShown, ScanOfAnother.
    """
    submission = awaiting(scan.letter)
    scan = _undecided(scan)
    if not scan.is_scan:
        raise NotAScan
    if not scan.is_drawn:
        raise ScanNotShown
    _must_be_new(scan.letter, scan.sha256)
    return count(scan, submission, by=by)


@transaction.atomic
def reject_scan(scan: SignedCopy, *, reason: str, by: User) -> SignedCopy:
    """Note that a scan is not the signed letter, and why. It is kept. Raise ScanDecided, ClockWentBack."""
    submission = locked(scan.letter.submission)
    scan = _undecided(scan)
    scan.outcome, scan.decided_at, scan.decided_by = SignedCopy.State.REJECTED, clock.now(), by
    scan.reason = reason
    scan.save(update_fields=["outcome", "decided_at", "decided_by", "reason"])
    note_event(submission, Move.REJECT, by=by, note=f"{scan.name}: {reason}", at=scan.decided_at)
    return scan


def _undecided(scan: SignedCopy) -> SignedCopy:
    """Return the scan as it is now. The caller has locked its submission. Raise ScanDecided."""
    found = SignedCopy.objects.undecided().filter(pk=scan.pk).first()
    if found is None:
        raise ScanDecided
    return found


def draw_copy_again(scan: SignedCopy) -> bool:
    """Begin again with the tries of a stuck scan. Return False when it is drawn or still tried."""
    return try_again(scan, draw_copy)
