"""The two official forms as data, and the rules that check their answers. No database."""

from recommendations.instruments.fpkpa import FPKPA
from recommendations.instruments.fs3 import FS3
from recommendations.instruments.structure import Instrument, UnknownItem

__all__ = ["INSTRUMENTS", "instrument"]

INSTRUMENTS: dict[str, Instrument] = {FS3.code: FS3, FPKPA.code: FPKPA}


def instrument(code: str) -> Instrument:
    """Return the form with that code, "FS3" or "FP-KPA". Raise UnknownItem for any other code."""
    if code not in INSTRUMENTS:
        raise UnknownItem(f"Formulir tidak dikenal: {code}")
    return INSTRUMENTS[code]
