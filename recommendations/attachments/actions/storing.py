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
def storing(file: File) -> Iterator[str]:
    """One transaction with a random path for a checked `file`; whatever fails inside takes the file away again.

    Used inside a transaction that is rolled back later, it would leave the file. Raises NotStored.
    """
    path = attachment_path(None, file.name)
    try:
        with transaction.atomic():
            yield path
    except BaseException as problem:
        default_storage.delete(path)
        if isinstance(problem, OSError):
            log.exception("A file could not be written.")
            raise NotStored(file.name, problem) from problem
        raise


def kept(file: File, path: str) -> dict[str, Any]:
    """Write `file` to `path`; what a KeptFile says of it, but for its type and proof."""
    return {"file": default_storage.save(path, file), "name": file.name[-200:], "size": file.size}


def sha256_of(file: File) -> str:
    """Its proof, of the bytes as they came."""
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    return digest.hexdigest()
