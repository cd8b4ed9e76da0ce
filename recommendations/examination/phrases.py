"""The ready phrases beside a remark: those of the item first, then of the form, then the general ones.

static/js/examine.js shows those that fit the line.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from recommendations.instruments.structure import Instrument
from recommendations.models import Phrase


@dataclass(frozen=True)
class Offered:
    """One phrase as the library shows it. `line` is the id of the rincian it is for, "" where it fits every one."""

    text: str
    kind: str
    kind_words: str
    line: str
    place: str


def library(instrument: Instrument) -> list[Offered]:
    """Every phrase in use for this form, in one query: by rincian in the order of the form, then form, then general."""
    rows = Phrase.objects.filter(is_active=True, instrument_code__in=["", instrument.code])
    order = {item.id: place for place, item in enumerate(instrument.items)}
    known = [row for row in rows if not row.item or row.item in order]
    # of one place they keep the office's own order
    known.sort(key=lambda row: (order.get(row.item, len(order)), not row.instrument_code))
    return [_offered(instrument, row) for row in known]


def _offered(instrument: Instrument, row: Phrase) -> Offered:
    line = instrument.rincian_of(row.item) if row.item else None
    place = (line.reference or line.label) if line else row.instrument_code or "Umum"
    return Offered(row.text, row.kind, row.get_kind_display(), line.id if line else "", place)


def defaults_to_add(listed: Collection[dict[str, Any]]) -> list[Phrase]:
    """Rows of a list of phrases as data/phrases.yaml holds them, not yet saved. Raises KeyError, UnknownItem."""
    return [
        Phrase(
            text=one["text"],
            kind=one.get("kind", "correction"),
            instrument_code=one.get("form", ""),
            item=one.get("item", ""),
            position=place,
        )
        for place, one in enumerate(listed, start=1)
    ]
