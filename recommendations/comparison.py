"""What was changed between two rounds, word by word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

Step = tuple[bool, str, str]  # whether it stayed, the old words, the new words
WORD = re.compile(r"\s+|[^\s]+")
TOO_DIFFERENT = 0.35
"""Below this likeness a text was written anew: old and new stand whole, instead of a salad of words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kind` "same", "ins" (only in the new one) or "del" (only in the old one)."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The words of both texts in reading order, what was taken out before what came in its place."""
    if old == new:
        return _pieces(("same", new))
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < TOO_DIFFERENT:
        return _pieces(("del", old), ("ins", new))
    steps = [
        (tag == "equal", "".join(before[old_from:old_to]), "".join(after[new_from:new_to]))
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes()
    ]
    stretches = groupby(enumerate(steps), key=lambda step: _stays(steps, *step))
    return [piece for stays, found in stretches for piece in _stretch(stays, [step for _, step in found])]


def _stays(steps: Sequence[Step], place: int, step: Step) -> bool:
    """A space between two changed words is no word that stayed: the changed words are shown in one stretch."""
    is_same, _, words = step
    return is_same and bool(words.strip() or place in (0, len(steps) - 1))


def _stretch(stays: bool, steps: Sequence[Step]) -> list[Piece]:
    was, now = ("".join(words) for words in zip(*(step[1:] for step in steps), strict=True))
    return _pieces(("same", now)) if stays else _pieces(("del", was), ("ins", now))


def _pieces(*found: tuple[str, str]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in found if text]


def compare_rows(old: Sequence[str], new: Sequence[str]) -> list[list[Piece]]:
    """The rows of a table: each as compared words; a row taken out or put in stands as a whole."""
    rows = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = old[old_from:old_to], new[new_from:new_to]
        if tag == "equal":
            rows += [_pieces(("same", row)) for row in now]
            continue
        pairs = min(len(was), len(now))
        rows += [compare(one, other) for one, other in zip(was, now, strict=False)]
        rows += [_pieces(("del", row)) for row in was[pairs:]] + [_pieces(("ins", row)) for row in now[pairs:]]
    return rows


def change_word(old: str, new: str) -> str:
    """The change in one word for its badge; empty when nothing was changed."""
    if old == new:
        return ""
    if not old:
        return "Diisi"
    return "Berubah" if new else "Dikosongkan"
