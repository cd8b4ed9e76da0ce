"""The instruments with which visitors rate, as data. Each rating names its instrument and edition. Pure.

Another instrument, e.g. BPS's Survei Kebutuhan Data (16 statements, 1 to 10), is one more entry of INSTRUMENTS and a
migration of the constraint; stored answers do not change. Ratings of two instruments never go into one index.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ratings.skm import ASPECTS, Aspect


@dataclass(frozen=True)
class RatingInstrument:
    """The questions of one survey. An answer is a whole number; `scale` is its lowest and highest value."""

    code: str
    edition: str
    scale: tuple[int, int]
    aspects: tuple[Aspect, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the aspects, in the official order."""
        return tuple(aspect.key for aspect in self.aspects)

    @property
    def values(self) -> tuple[int, ...]:
        """Every possible answer, lowest first."""
        lowest, highest = self.scale
        return tuple(range(lowest, highest + 1))

    def accepts(self, answers: Mapping[str, object]) -> bool:
        """Return whether there is exactly one answer for each aspect, a whole number on the scale."""
        whole = all(type(answer) is int and answer in self.values for answer in answers.values())
        return whole and answers.keys() == set(self.keys)


SKM_9 = RatingInstrument("skm-9", "PermenPANRB 14/2017", (1, 4), ASPECTS)
INSTRUMENTS = {instrument.code: instrument for instrument in (SKM_9,)}
