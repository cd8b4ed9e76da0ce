"""A limit for what a page without sign-in may do in a minute. It is counted by what is acted on, not by IP address.

All workers count together, in the folder VAR_DIR/limits: it has a folder for each minute, with a file for each count
and in it one byte for each act. The folders of earlier minutes are deleted. No count waits for another one, and none
needs the database: a database that is busy for long neither stops a page nor lets a program through.
"""

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def may_act_again(about: str, *, a_minute: int) -> bool:
    """Count one act on `about`. Return False when it is one more than allowed in this minute.

    An act that cannot be counted, e.g. on a full disk, is allowed.
    """
    try:
        return _count(about) <= a_minute
    except OSError:
        return True


def _count(about: str) -> int:
    """Count one act on `about`, and return which act of this minute it is: 1 for the first. Raise OSError.

    The operating system appends the bytes of all processes one after the other, so the place behind ours is its number.
    """
    name = hashlib.sha256(about.encode()).hexdigest()
    with (_folder_of_this_minute() / name).open("ab", buffering=0) as acts:
        acts.write(b".")
        return acts.tell()


def _folder_of_this_minute() -> Path:
    """Return the folder of the counts of this minute. The process that makes it deletes the earlier ones."""
    now, minutes = timezone.now(), Path(settings.VAR_DIR) / "limits"
    folder, former = (minutes / f"{moment:%Y%m%d-%H%M}" for moment in (now, now - timedelta(minutes=1)))
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return folder
    for other in minutes.iterdir():
        if other not in (folder, former):  # in the former minute another process may count its last act
            shutil.rmtree(other, ignore_errors=True)
    return folder
