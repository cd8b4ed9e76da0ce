"""Guess the kind of an attachment from its file name. The officer corrects a wrong guess."""

import re
from pathlib import PurePath

from recommendations.instruments.structure import AttachmentKind, Instrument

WHOLE_WORD = 3
"""A word of at most so many characters must match a whole word: `tor` does not match `monitoring`."""


def kind_called(instrument: Instrument, kind_id: str) -> AttachmentKind | None:
    """Return the kind with that id; None when the form has no such kind."""
    return next((kind for kind in instrument.attachments if kind.id == kind_id), None)


def guessed_kind(instrument: Instrument, name: str) -> AttachmentKind:
    """Return the first kind with a word that is in `name`; else the kind "Berkas lain"."""
    words = re.sub(r"[\W_]+", " ", PurePath(name).stem).casefold()
    named = [kind for kind in instrument.attachments if any(_is_in(word, words) for word in kind.known_by)]
    return named[0] if named else next(kind for kind in instrument.attachments if kind.is_described)


def described(kind: AttachmentKind | None, description: str, name: str) -> str:
    """Return the typed description of a file, else its name without the ending. Empty if `kind` needs none."""
    if kind is None or not kind.is_described:
        return ""
    return " ".join(description.split()) or PurePath(name).stem


def _is_in(word: str, words: str) -> bool:
    return f" {word} " in f" {words} " if len(word) <= WHOLE_WORD else word in words
