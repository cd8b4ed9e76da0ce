"""Lists the pages of a PDF, each with what it takes over from the nodes above it (ISO 32000-1, 7.7.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.uploads.child.pdf_equality import number_of, unpacked
from recommendations.uploads.refusal import TooComplex

TAKEN_OVER = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST = 50
MOST_NODES = 1_000
"""Pages and the nodes above them. A file has at most 200 pages, and few nodes above these."""


@dataclass(frozen=True)
class Leaf:
    """A page: its number among the objects, and its entries."""

    number: tuple[int, int]
    entries: dict[str, Any]

    @property
    def annotations(self) -> list[Any]:
        return list(self.entries["/Annots"].get_object()) if "/Annots" in self.entries else []


def leaves(root: Any) -> list[Leaf]:
    """Return the pages of a catalog in their order. Raise TooComplex when their tree is too deep or has too many nodes.

    A node that is listed twice counts twice.
    """
    return list(_below(root.raw_get("/Pages"), {}, 0, iter(range(MOST_NODES))))


def _below(reference: Any, taken: dict[str, Any], depth: int, rest: Iterator[int]) -> Iterator[Leaf]:
    """Yield the pages in a node. `rest` has one number for each node that may still be read."""
    if depth > DEEPEST or next(rest, None) is None:
        raise TooComplex
    node = reference.get_object()
    if "/Kids" not in node:
        yield Leaf(number_of(reference) or (0, 0), taken | {key: node.raw_get(key) for key in node})
        return
    here = taken | {key: node.raw_get(key) for key in TAKEN_OVER if key in node}
    for kid in node["/Kids"]:
        yield from _below(kid, here, depth + 1, rest)


def page_content(page: Leaf) -> bytes:
    """Return the unpacked drawing of a page. One that is kept in parts reads like one in one piece."""
    content = page.entries["/Contents"].get_object() if "/Contents" in page.entries else []
    parts = content if isinstance(content, list) else [content]
    return b"\n".join(unpacked(part.get_object()) for part in parts).strip()
