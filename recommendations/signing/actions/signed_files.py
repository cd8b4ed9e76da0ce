"""Signed in another application: take in the signed PDF when it is this letter, whole and unchanged."""

from django.core.files import File

from office import clock
from office.models import SigningRoute, User
from office.refusals import Refused
from recommendations.attachments.actions.storing import kept, storing
from recommendations.models import Letter, SignedCopy
from recommendations.signing.checked import facts_of, seen_of
from recommendations.signing.counting import OtherRoute, awaiting, count
from recommendations.uploads import PDF


class FileWaits(Refused):
    """Raised when a signed file of the letter is here already and waits for its check."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas bertanda tangan surat ini sudah ada dan sedang diperiksa. Lihat hasilnya sebentar lagi."
        )


def take_signed_file(letter: Letter, *, file: "File[bytes]", by: User) -> Letter:
    """Keep the signed PDF, which counts at once, and return the letter.

    A letter that was to be signed directly is taken too: its service may be away. Raise NotThisLetterSigned, BadFile,
    MoveNotAllowed, NotDrawnYet, OtherRoute, FileWaits, NotStored, ClockWentBack.
    """
    if letter.route == SigningRoute.WET:
        raise OtherRoute(letter)
    seen = seen_of(letter, _content(file))
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
            **facts_of(seen),
            **kept(file, path),
        )
        return count(copy, submission, by=by)


def _content(file: "File[bytes]") -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content
