"""A file that somebody brought is kept byte for byte, with the row that tells of it, or neither is."""

import errno
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from office.refusals import Refused
from recommendations.models.files import attachment_path

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
log = logging.getLogger(__name__)


class NotStored(Refused):
    """Raised when the office's storage did not take the file."""

    def __init__(self, name: str, problem: OSError):
        why = "Penyimpanan kantor penuh" if problem.errno in FULL else "Penyimpanan kantor tidak dapat ditulisi"
        super().__init__(f"{why}. {name} belum dilampirkan: beri tahu admin, lalu lampirkan lagi.")


@contextmanager
def storing(file: "File[bytes]") -> Iterator[str]:
    """One transaction with a random path for a checked `file`; whatever fails inside takes the file away again.

    Used inside a transaction that is rolled back later, it would leave the file. Raises NotStored.
    """
    path = attachment_path(None, name_of(file))
    try:
        with transaction.atomic():
            yield path
    except BaseException as problem:
        default_storage.delete(path)
        if isinstance(problem, OSError):
            log.exception("A file could not be written.")
            raise NotStored(name_of(file), problem) from problem
        raise


def kept(file: "File[bytes]", path: str) -> dict[str, Any]:
    """Write `file` to `path`; what a KeptFile says of it, but for its type and proof."""
    return {"file": default_storage.save(path, file), "name": name_of(file)[-200:], "size": file.size}


def name_of(file: "File[bytes]") -> str:
    """The name it came under; "" for one without."""
    return file.name or ""


def sha256_of(file: "File[bytes]") -> str:
    """Its proof, of the bytes as they came."""
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    return digest.hexdigest()
