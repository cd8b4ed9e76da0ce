"""The names and sizes of files as they are kept and shown."""

import re
import unicodedata
from pathlib import PurePath

from recommendations.uploads.content_types import ENDINGS

LONGEST = 200
"""The most characters that a kept name has."""


def fitting_name(name: str, content_type: str) -> str:
    """Return the file's name without harmful characters, ending as its content demands: a PDF `x.exe` is `x.exe.pdf`.

    Folders, control characters and those that turn the direction of writing (`gpj.exe` then looks like a picture) are
    removed. A name that is too long is cut before its ending. A name of which nothing remains becomes "berkas".
    """
    plain = _plain(name) or "berkas"
    endings = ENDINGS[content_type]
    ending = next((ending for ending in endings if plain.lower().endswith(ending)), "")
    stem = plain[: len(plain) - len(ending)].rstrip(" .") or "berkas"
    kept = plain[-len(ending) :] if ending else endings[0]
    return stem[: LONGEST - len(kept)] + kept


def _plain(name: str) -> str:
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in last)
    return re.sub(r" +", " ", re.sub(r'[<>:"|?*]', " ", shown)).strip(" .")


def shown_size(size: int) -> str:
    """Return the size for the screen: `412 KB`, `1,3 MB`."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",").replace(",0 ", " ")
