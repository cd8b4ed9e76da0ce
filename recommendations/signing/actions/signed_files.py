"""Signed in another application: take in the signed PDF when it is this letter, whole and unchanged."""

from collections.abc import Sequence

from django.core.files import File

from office import clock
from office.models import SigningRoute, User
from office.refusals import Refused
from recommendations.attachments.actions.storing import kept, storing
from recommendations.models import Letter, SignedCopy
from recommendations.signing.acceptance import OtherRoute, awaiting, count
from recommendations.signing.doubts import doubts_about
from recommendations.signing.roots import trusted_roots
from recommendations.signing.signed_file_checks import facts_of, seen_of
from recommendations.uploads import PDF


class FileWaits(Refused):
    """Raised when a signed file of the letter is here already and waits for its check."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas bertanda tangan surat ini sudah ada dan sedang diperiksa. Lihat hasilnya sebentar lagi."
        )


class SignerDoubted(Refused):
    """Raised when the signature may not be the signatory's, and no reason to take it was given."""

    def __init__(self, doubts: Sequence[str]):
        super().__init__(f"{' '.join(doubts)} Bila tanda tangan ini benar, tulis sebabnya, lalu unggah lagi.")


def take_signed_file(letter: Letter, *, file: "File[bytes]", reason: str = "", by: User) -> Letter:
    """Keep the signed PDF, which counts at once, and return the letter. `reason` says why a doubtful one is right.

    A letter that was to be signed directly is taken too: its service may be away. Raise NotThisLetterSigned, BadFile,
    SignerDoubted, MoveNotAllowed, NotDrawnYet, OtherRoute, FileWaits, NotStored, ClockWentBack.
    """
    if letter.route == SigningRoute.WET:
        raise OtherRoute(letter)
    seen = seen_of(letter, _content(file))
    doubts = doubts_about(letter, seen.signatures, knows_issuers=bool(trusted_roots()))
    if doubts and not reason:
        raise SignerDoubted(doubts)
    with storing(file) as path:
        submission = awaiting(letter)
        if letter.copies.undecided().exists():
            raise FileWaits
        copy = SignedCopy.objects.create(
            letter=letter,
            route=SigningRoute.ELSEWHERE,
            content_type=PDF,
            sha256=seen.sha256,
            uploaded_at=clock.now(),
            uploaded_by=by,
            reason=reason if doubts else "",
            **facts_of(letter, seen),
            **kept(file, path),
        )
        return count(copy, submission, by=by, remark=" ".join([*doubts, reason]) if doubts else "")


def _content(file: "File[bytes]") -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content
