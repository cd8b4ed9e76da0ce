"""Read a file of a submission as the applicant handed it in, and compare it with its SHA-256."""

import hashlib

from office.refusals import Refused
from recommendations.models.files import KeptFile


class OriginalLost(Refused):
    """Raised when the file is missing from the storage, or is not the one that was stored."""


def original(kept: KeptFile) -> bytes:
    """Return the file's content, at most 10 MB. Raise OriginalLost when it is missing, unreadable or changed."""
    try:
        with kept.file.open("rb") as file:
            content: bytes = file.read()
    except OSError:
        raise OriginalLost(
            f"{kept.name} tidak ada di penyimpanan kantor. Ambil dari cadangan, atau minta lagi kepada pemohon."
        ) from None
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise OriginalLost(
            f"{kept.name} berubah sejak diterima: SHA-256 tidak cocok. Beri tahu admin; jangan memakai isinya."
        )
    return content
