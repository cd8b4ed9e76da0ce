"""A file of a submission as it was handed in, byte for byte: read whole, compared with its SHA-256."""

import hashlib

from office.refusals import Refused
from recommendations.models.files import KeptFile


class OriginalLost(Refused):
    """Raised when the storage does not have the file any more, or has another one."""


def original(kept: KeptFile) -> bytes:
    """Its content, at most 10 MB. Raises OriginalLost: gone, unreadable, or changed since it was handed in."""
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
