"""The two official forms as data, and the rules that need nothing but the form and its answers."""

from recommendations.instruments.fpkpa import FPKPA
from recommendations.instruments.fs3 import FS3
from recommendations.instruments.structure import Instrument, UnknownItem

__all__ = ["INSTRUMENTS", "instrument"]

INSTRUMENTS: dict[str, Instrument] = {FS3.code: FS3, FPKPA.code: FPKPA}


def instrument(code: str) -> Instrument:
    """The form of that code, "FS3" or "FP-KPA". Raises UnknownItem."""
    if code not in INSTRUMENTS:
        raise UnknownItem(f"Formulir tidak dikenal: {code}")
    return INSTRUMENTS[code]
