"""Which paper a file is, told by the words of its name; the officer corrects it where the name misleads."""

import re
from pathlib import PurePath

from recommendations.instruments.structure import AttachmentKind, Instrument

WHOLE_WORD = 3
"""Signs up to which a word must stand alone: `tor` is not meant in `monitoring`."""


def kind_called(instrument: Instrument, kind_id: str) -> AttachmentKind | None:
    """The kind of that id; None when the form has none."""
    return next((kind for kind in instrument.attachments if kind.id == kind_id), None)


def guessed_kind(instrument: Instrument, name: str) -> AttachmentKind:
    """The first kind of which `name` holds a word; a name that says nothing is "Berkas lain"."""
    words = re.sub(r"[\W_]+", " ", PurePath(name).stem).casefold()
    named = [kind for kind in instrument.attachments if any(_is_in(word, words) for word in kind.known_by)]
    return named[0] if named else next(kind for kind in instrument.attachments if kind.is_described)


def described(kind: AttachmentKind | None, description: str, name: str) -> str:
    """What the file of a described kind is: as typed, else its own name; nothing for a kind that says it all."""
    if kind is None or not kind.is_described:
        return ""
    return " ".join(description.split()) or PurePath(name).stem


def _is_in(word: str, words: str) -> bool:
    return f" {word} " in f" {words} " if len(word) <= WHOLE_WORD else word in words
