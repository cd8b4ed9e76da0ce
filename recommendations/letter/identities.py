"""The identity number of a recommendation, `V-26.6371.001`: write it, and read one as people type it. Pure."""

import re
from dataclasses import dataclass

TYPED = re.compile(r"([VK])-([0-9]{2})\.([0-9]{4})\.([0-9]{3})")


@dataclass(frozen=True)
class Identity:
    """An identity number in its parts. `kind` is V (survei) or K (kompilasi)."""

    kind: str
    year: int
    satker: str
    running: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.year % 100:02}.{self.satker}.{self.running:03}"


def read_identity(typed: str) -> Identity | None:
    """Return the typed number in its parts, or None when it is none. Small letters and spaces do not matter."""
    found = TYPED.fullmatch("".join(typed.split()).upper())
    if not found or found[4] == "000":
        return None
    return Identity(found[1], 2000 + int(found[2]), found[3], int(found[4]))
