"""A file of a submission as it was handed in, byte for byte: read whole, compared with its SHA-256."""

import hashlib

from office.refusals import Refused
from recommendations.models import Attachment


class OriginalLost(Refused):
    """Raised when the storage does not have the file any more, or has another one."""


def original(attachment: Attachment) -> bytes:
    """Its content, at most 10 MB. Raises OriginalLost: gone, unreadable, or changed since it was handed in."""
    try:
        with attachment.file.open("rb") as file:
            content = file.read()
    except OSError:
        raise OriginalLost(
            f"{attachment.name} tidak ada di penyimpanan kantor. Ambil dari cadangan, atau minta lagi kepada pemohon."
        ) from None
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise OriginalLost(
            f"{attachment.name} berubah sejak diterima: SHA-256 tidak cocok. Beri tahu admin; jangan memakai isinya."
        )
    return content
