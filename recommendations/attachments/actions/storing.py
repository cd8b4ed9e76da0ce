"""Store a file byte for byte together with its row, or neither of them."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from office.disk import disk_words
from office.refusals import Refused
from recommendations.attachments import previews
from recommendations.models.files import KeptFile, attachment_path

log = logging.getLogger(__name__)


class NotStored(Refused):
    """Raised when the file could not be written to the office's storage."""

    def __init__(self, name: str, problem: OSError):
        super().__init__(f"{disk_words(problem)}. {name} belum dilampirkan: beri tahu admin, lalu lampirkan lagi.")


@contextmanager
def storing(file: "File[bytes]") -> Iterator[str]:
    """Open a transaction, and yield a random path for a checked `file`. Delete the file when the block fails.

    If an outer transaction rolls back later, the file stays in the storage. Raise NotStored instead of an OSError.
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
    """Write `file` to `path`. Return the fields of its KeptFile, without `content_type` and `sha256`."""
    return {"file": default_storage.save(path, file), "name": name_of(file)[-200:], "size": file.size}


def delete_after_commit(removed: KeptFile) -> None:
    """Delete the file and the pictures of a removed row after the commit. A file that cannot be deleted is logged.

    The row is gone by then, so an error may not reach the person who removed it.
    """
    file = removed.file
    transaction.on_commit(lambda: file.storage.delete(file.name), robust=True)
    transaction.on_commit(lambda: previews.forget(removed), robust=True)


def name_of(file: "File[bytes]") -> str:
    """Return the file's name, or "" when it has none."""
    return file.name or ""


def sha256_of(file: "File[bytes]") -> str:
    """Return the SHA-256 of the file's bytes."""
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    return digest.hexdigest()
