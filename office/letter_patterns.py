"""The pattern of an office's letter numbers: write a number by it, and read one as people type it. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from office.refusals import Refused

HIGHEST_RUNNING, HIGHEST_INSERTION = 999_999, 999
PIECE = re.compile(r"\{(urut)(?::0([1-6]))?\}|\{(satker|unit|klasifikasi|bulan|tahun)\}|([^{}]+)")
READS = {
    "urut": r"(?P<urut>[0-9]{1,12})(?:\.(?P<sisipan>[0-9]{1,12}))?",
    "satker": r"(?P<satker>[0-9]{4})",
    "unit": r"(?P<unit>[0-9A-Z]{0,4})",
    "bulan": r"(?P<bulan>0[1-9]|1[0-2])",
    "tahun": r"(?P<tahun>2[01][0-9]{2})",
}
"""How each part is read. The classification is the office's own, or another one that looks like KS.200."""
DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]")


class NotAPattern(Refused):
    """Raised when a text is not the pattern of letter numbers."""


@dataclass(frozen=True)
class PatternPiece:
    """One piece of a pattern: a part in braces with its name, or a text between the parts."""

    part: str = ""
    text: str = ""
    width: int = 0


@dataclass(frozen=True)
class LetterNumber:
    """A letter number in its parts. `insertion` is 0 for a number that is not inserted (nomor sisipan)."""

    running: int
    year: int
    month: int
    insertion: int = 0
    satker: str = ""
    unit: str = ""
    classification: str = ""


@dataclass(frozen=True)
class Numbering:
    """The pattern and the codes by which an office numbers its letters."""

    pattern: str
    satker: str
    unit: str
    classification: str

    def next(self, running: int, day: date) -> LetterNumber:
        """Return the office's own number `running` of that day."""
        return LetterNumber(running, day.year, day.month, 0, self.satker, self.unit, self.classification)

    def write(self, number: LetterNumber) -> str:
        """Return the number in its one spelling."""
        return "".join(_written(piece, number) for piece in pattern_pieces(self.pattern))

    def short(self, running: int) -> str:
        """Return the number up to its running number, for lists: `B-012`."""
        pieces = pattern_pieces(self.pattern)
        end = next(place for place, piece in enumerate(pieces) if piece.part == "urut") + 1
        own = self.next(running, date(2000, 1, 1))
        return "".join(_written(piece, own) for piece in pieces[:end])

    def read(self, typed: str, *, on: date) -> LetterNumber | None:
        """Return the typed number in its parts, or None when it does not follow the pattern.

        Padding, small letters, spaces and kinds of dashes do not matter. Parts that the pattern does not have are those
        of the day `on` and of the office.
        """
        found = re.fullmatch(self._expression(), _plain(typed))
        if not found:
            return None
        number = self._number(found.groupdict(), on)
        is_inserted_at_zero = found["sisipan"] and not number.insertion
        is_too_high = number.running > HIGHEST_RUNNING or number.insertion > HIGHEST_INSERTION
        return None if is_too_high or is_inserted_at_zero or not number.running else number

    def _number(self, parts: dict[str, str | None], on: date) -> LetterNumber:
        return LetterNumber(
            int(parts["urut"] or 0),
            int(parts.get("tahun") or on.year),
            int(parts.get("bulan") or on.month),
            int(parts["sisipan"] or 0),
            _own_or(self.satker, parts.get("satker")),
            _own_or(self.unit, parts.get("unit")),
            _own_or(self.classification, parts.get("klasifikasi")),
        )

    def _expression(self) -> str:
        own = re.escape(_plain(self.classification))
        reads = READS | {"klasifikasi": rf"(?P<klasifikasi>{own}|[A-Z]{{2}}\.[0-9]{{3}})"}
        pieces = pattern_pieces(self.pattern)
        return "".join(reads[piece.part] if piece.part else re.escape(_plain(piece.text)) for piece in pieces)


def _own_or(own: str, read: str | None) -> str:
    """Return the office's own code as the office spells it, or the other code that was read."""
    return own if read is None or read == _plain(own) else read


def _plain(text: str) -> str:
    return DASHES.sub("-", "".join(text.split())).upper()


def _written(piece: PatternPiece, number: LetterNumber) -> str:
    if piece.part == "urut":
        inserted = f".{number.insertion}" if number.insertion else ""
        return f"{number.running:0{piece.width or 1}}{inserted}"
    parts = {
        "": piece.text,
        "satker": number.satker,
        "unit": number.unit,
        "klasifikasi": number.classification,
        "bulan": f"{number.month:02}",
        "tahun": f"{number.year:04}",
    }
    return parts[piece.part]


def pattern_pieces(pattern: str) -> list[PatternPiece]:
    """Return the pieces of a pattern in order. Raise NotAPattern when it has other parts than the known ones."""
    pieces = [
        PatternPiece(found[1] or found[3] or "", found[4] or "", int(found[2] or 0))
        for found in PIECE.finditer(pattern)
    ]
    if sum(len(found[0]) for found in PIECE.finditer(pattern)) != len(pattern):
        raise NotAPattern(
            "Pola hanya boleh memuat {urut} atau {urut:03}, {satker}, {unit}, {klasifikasi}, {bulan}, {tahun}."
        )
    return pieces


def check_pattern(pattern: str) -> None:
    """Raise NotAPattern unless every number of the pattern can be written and read back."""
    pieces = pattern_pieces(pattern)
    parts = [piece.part for piece in pieces if piece.part]
    if parts.count("urut") != 1 or parts.count("tahun") != 1:
        raise NotAPattern("Pola harus memuat {urut} atau {urut:03} satu kali, dan {tahun} satu kali.")
    if len(set(parts)) != len(parts):
        raise NotAPattern("Setiap bagian pola hanya boleh satu kali.")
    if any(_runs_together(before, after) for before, after in pairwise(pieces)):
        raise NotAPattern("Pisahkan {urut} dari bagian atau angka di sebelahnya, misalnya dengan / atau -.")


def _runs_together(before: PatternPiece, after: PatternPiece) -> bool:
    """Return whether the running number touches another part or a digit."""
    if "urut" not in (before.part, after.part):
        return False
    text = _plain(before.text)[-1:] if after.part == "urut" else _plain(after.text)[:1]
    return not text or text.isdigit()
