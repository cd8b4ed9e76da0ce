"""Compares objects of two PDFs by what they hold, not by their numbers: a program that rewrites a PDF changes these.

The terms are those of ISO 32000-1, 7.3.
"""

import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.misc import PdfError

Pair = tuple[Any, Any]
Places = Mapping[tuple[int, int], tuple[int, int]]
"""The number of each page of our PDF, and the number of the same page of the other one."""

LENGTH = frozenset({"/Length"})
PACKING = LENGTH | {"/Filter", "/DecodeParms"}


def are_equal(ours: Any, theirs: Any, *, pages: Places) -> bool:
    """Return whether two objects hold the same, with all that they refer to.

    A page is not compared: it must be the same page of the other PDF.
    """
    waiting: list[Pair] = [(ours, theirs)]
    seen: set[tuple[Any, Any]] = set()
    while waiting:
        pair = waiting.pop()
        numbers = (number_of(pair[0]), number_of(pair[1]))
        if None not in numbers and numbers in seen:
            continue
        seen.add(numbers)
        parts = _page(numbers, pages) if _is_page(numbers, pages) else _parts(_held(pair[0]), _held(pair[1]))
        if parts is None:
            return False
        waiting += parts
    return True


def number_of(value: Any) -> tuple[int, int] | None:
    """Return the number and generation that a reference has; None for another object."""
    return (value.idnum, value.generation) if isinstance(value, IndirectObject) else None


def _is_page(numbers: Pair, pages: Places) -> bool:
    return numbers[0] in pages or numbers[1] in pages.values()


def _page(numbers: Pair, pages: Places) -> list[Pair] | None:
    return [] if pages.get(numbers[0]) == numbers[1] else None


def _held(value: Any) -> Any:
    return value.get_object()


def _parts(ours: Any, theirs: Any) -> list[Pair] | None:
    """Return the pairs that must be equal for these two to be equal; None when they cannot be equal."""
    for kind, parts in KINDS.items():
        if isinstance(ours, kind) or isinstance(theirs, kind):
            return parts(ours, theirs) if isinstance(ours, kind) and isinstance(theirs, kind) else None
    return [] if plain_value(ours) == plain_value(theirs) else None


def _in_streams(ours: Any, theirs: Any) -> list[Pair] | None:
    if ours.encoded_data == theirs.encoded_data:
        return _in_entries(ours, theirs, but=LENGTH)
    content = unpacked(ours)
    return _in_entries(ours, theirs, but=PACKING) if content is not None and content == unpacked(theirs) else None


def unpacked(stream: Any) -> bytes | None:
    """Return what a stream holds; None when it is packed in another way than by Flate alone, or damaged.

    Programs differ over other ways of packing.
    """
    filters, settings = stream.get("/Filter", []), stream.get("/DecodeParms", [])
    named = filters if isinstance(filters, list) else [filters]
    if not (named == [] or (named == ["/FlateDecode"] and not settings)):
        return None
    try:
        return bytes(stream.data)
    except (PdfError, zlib.error, ValueError):
        return None


def _in_entries(ours: Any, theirs: Any, *, but: frozenset[str] = frozenset()) -> list[Pair] | None:
    keys = ours.keys() - but
    return [(ours.raw_get(key), theirs.raw_get(key)) for key in keys] if keys == theirs.keys() - but else None


def _in_order(ours: Any, theirs: Any) -> list[Pair] | None:
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else None


KINDS: dict[type, Callable[[Any, Any], list[Pair] | None]] = {
    StreamObject: _in_streams,
    DictionaryObject: _in_entries,
    ArrayObject: _in_order,
}
"""How objects that hold others are compared. A stream is a dictionary too, so it comes first."""


def plain_value(value: Any) -> tuple[str, Any]:
    """Return the kind and value of a number, text, boolean or name: 1 and 1.0 are the same number."""
    if isinstance(value, NumberObject | FloatObject):
        return "number", Decimal(str(value))
    if isinstance(value, TextStringObject | ByteStringObject):
        return "text", bytes(value.original_bytes)
    if isinstance(value, BooleanObject):
        return "boolean", value.value
    return type(value).__name__, str(value)
