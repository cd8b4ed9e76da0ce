"""Lists what a screen reader reads of a tagged PDF: its elements with their words (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from typing import Any

from recommendations.uploads.child.pdf_equality import plain_value

WORDS = ("/S", "/MCID", "/Alt", "/ActualText", "/E", "/T", "/Lang")
FORM = "/Form"
"""The element that signing programs add for the field of the signature."""
SPOKEN = {"/Alt", "/ActualText", "/E"}
"""Entries whose words a screen reader says instead of those on the page."""
MOST = 200_000


def words_read_aloud(root: Any) -> list[Any]:
    """Return the elements of a catalog's structure with their words and pieces, in reading order, without form fields.

    A program may write the structure in another way, and signing may add the field of the signature to it.
    """
    return list(_elements(root.get("/StructTreeRoot")))


def _elements(top: Any) -> Iterator[Any]:
    waiting, count = [top] if top is not None else [], 0
    while waiting and (count := count + 1) < MOST:
        element = waiting.pop().get_object()
        if not isinstance(element, dict):
            yield plain_value(element)
        elif not _is_field(element):
            yield [(key, plain_value(element[key])) for key in WORDS if key in element]
            waiting += reversed(_kids(element))


def _is_field(element: Any) -> bool:
    """Return whether this element is only the place of a field: it has no words, and nothing else is below it."""
    kids = (kid.get_object() for kid in _kids(element))
    is_bare = not SPOKEN & element.keys() and all(isinstance(kid, dict) and "/S" not in kid for kid in kids)
    return bool(element.get("/S") == FORM and is_bare)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, list) else [kids]
