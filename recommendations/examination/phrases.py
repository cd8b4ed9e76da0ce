"""List the phrases for a remark: those of an item first, then those of the form, then the general ones.

static/js/examine.js shows those that fit the line.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from recommendations.instruments.structure import Instrument
from recommendations.models import Phrase


@dataclass(frozen=True)
class Offered:
    """One phrase on the examiner's page. `line` is the id of its rincian, or "" when it fits every rincian."""

    text: str
    kind: str
    kind_words: str
    line: str
    place: str


def library(instrument: Instrument) -> list[Offered]:
    """Return the active phrases for this form: by rincian in its order, then of the form, then general. One query."""
    rows = Phrase.objects.filter(is_active=True, instrument_code__in=["", instrument.code])
    order = {item.id: place for place, item in enumerate(instrument.items)}
    known = [row for row in rows if not row.item or row.item in order]
    # the sort is stable, so phrases of one place keep the office's order
    known.sort(key=lambda row: (order.get(row.item, len(order)), not row.instrument_code))
    return [_offered(instrument, row) for row in known]


def _offered(instrument: Instrument, row: Phrase) -> Offered:
    line = instrument.rincian_of(row.item) if row.item else None
    place = (line.reference or line.label) if line else row.instrument_code or "Umum"
    return Offered(row.text, row.kind, row.get_kind_display(), line.id if line else "", place)


def defaults_to_add(listed: Collection[dict[str, Any]]) -> list[Phrase]:
    """Return unsaved rows for the entries of data/phrases.yaml. Raise KeyError when an entry has no text."""
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
