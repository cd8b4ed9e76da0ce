"""Signed in another application: take in the signed PDF when it is this letter, whole and unchanged."""

from django.core.files import File

from office import clock
from office.models import SigningRoute, User
from office.refusals import Refused
from recommendations.attachments.actions.storing import kept, storing
from recommendations.models import Letter, SignedCopy
from recommendations.signing.checked import facts_of, seen_of
from recommendations.signing.counting import OtherRoute, awaiting, count
from recommendations.signing.signer_names import is_signed_by
from recommendations.uploads import PDF


class FileWaits(Refused):
    """Raised when a signed file of the letter is here already and waits for its check."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas bertanda tangan surat ini sudah ada dan sedang diperiksa. Lihat hasilnya sebentar lagi."
        )


class OtherSigner(Refused):
    """Raised when no certificate in the file has the name under the letter, and no reason for it was given."""

    def __init__(self, letter: Letter, signers: str):
        super().__init__(
            f"Berkas ini ditandatangani atas nama {signers or 'orang yang tidak bernama'}, sedangkan surat ini "
            f"atas nama {letter.signatory}. Bila memang orang yang sama, tulis sebab namanya berbeda, lalu unggah lagi."
        )


def take_signed_file(letter: Letter, *, file: "File[bytes]", reason: str = "", by: User) -> Letter:
    """Keep the signed PDF, which counts at once, and return the letter. `reason` says why its signer's name differs.

    A letter that was to be signed directly is taken too: its service may be away. Raise NotThisLetterSigned, BadFile,
    OtherSigner, MoveNotAllowed, NotDrawnYet, OtherRoute, FileWaits, NotStored, ClockWentBack.
    """
    if letter.route == SigningRoute.WET:
        raise OtherRoute(letter)
    seen = seen_of(letter, _content(file))
    is_other = not is_signed_by(letter.signatory, seen.signatures)
    if is_other and not reason:
        raise OtherSigner(letter, ", ".join(filter(None, (one.signer for one in seen.signatures))))
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
        return count(copy, submission, by=by, remark=reason if is_other else "")


def _content(file: "File[bytes]") -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content
