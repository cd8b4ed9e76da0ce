"""Compare texts and tables of two rounds word by word. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_Step = tuple[bool, str, str]  # whether the words are the same, the old words, the new words
WORD_OR_GAP = re.compile(r"\s+|[^\s]+")
TOO_DIFFERENT = 0.35
"""Below this likeness the whole old and the whole new text are shown, because marked words would be unreadable."""

TOO_MANY_PAIRS = 6_000_000
"""Two texts of 10,000 letters have two million pairs. Texts with more repeat a word thousands of times: too slow."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. `kind` is "same", "ins" (only in the new text) or "del" (only in the old text)."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in reading order; deleted words come before the words that replace them."""
    if old == new:
        return _pieces(("same", new))
    before, after = WORD_OR_GAP.findall(old), WORD_OR_GAP.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _pairs(before, after) > TOO_MANY_PAIRS or matcher.ratio() < TOO_DIFFERENT:
        return _pieces(("del", old), ("ins", new))
    steps = [
        (tag == "equal", "".join(before[old_from:old_to]), "".join(after[new_from:new_to]))
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes()
    ]
    stretches = groupby(enumerate(steps), key=lambda step: _stays(steps, *step))
    return [piece for stays, found in stretches for piece in _stretch(stays, [step for _, step in found])]


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """Return the number of pairs of equal words, one from each text. The time of a comparison grows with it."""
    met = Counter(after)
    return sum(count * met[word] for word, count in Counter(before).items())


def _stays(steps: Sequence[_Step], place: int, step: _Step) -> bool:
    """Return whether the step is unchanged text. A space between two changed words counts as changed, to join them."""
    is_same, _, words = step
    return is_same and bool(words.strip() or place in (0, len(steps) - 1))


def _stretch(stays: bool, steps: Sequence[_Step]) -> list[Piece]:
    was, now = ("".join(words) for words in zip(*(step[1:] for step in steps), strict=True))
    return _pieces(("same", now)) if stays else _pieces(("del", was), ("ins", now))


def _pieces(*found: tuple[str, str]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in found if text]


def compare_rows(old: Sequence[str], new: Sequence[str]) -> list[list[Piece]]:
    """Return the pieces of each table row. A deleted or inserted row is one piece."""
    rows = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = old[old_from:old_to], new[new_from:new_to]
        if tag == "equal":
            rows += [_pieces(("same", row)) for row in now]
            continue
        rows += [compare(one, other) for one, other in _paired(was, now)]
    return rows


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of an old row and the new row that replaces it, in order; "" for a deleted or inserted row.

    Of all possible pairings, choose the one with the largest sum of likenesses.
    """
    likeness = [[_likeness(one, other) for other in map(_word_set, new)] for one in map(_word_set, old)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], ""
            i += 1
        else:
            yield "", new[j]
            j += 1
    yield from ((row, "") for row in old[i:])
    yield from (("", row) for row in new[j:])


def _word_set(row: str) -> frozenset[str]:
    return frozenset(row.lower().split())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of common words, or 0 when it is below TOO_DIFFERENT."""
    share = 2 * len(one & other) / ((len(one) + len(other)) or 1)
    return share if share >= TOO_DIFFERENT else 0.0


def change_word(old: str, new: str) -> str:
    """Return the word of the change's badge, or "" when nothing was changed."""
    if old == new:
        return ""
    if not old:
        return "Diisi"
    return "Berubah" if new else "Dikosongkan"
