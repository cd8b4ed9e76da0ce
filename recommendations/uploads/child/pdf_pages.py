"""Lists the pages of a PDF, each with what it takes over from the nodes above it (ISO 32000-1, 7.7.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.uploads.child.pdf_equality import number_of, unpacked
from recommendations.uploads.refusal import TooComplex

TAKEN_OVER = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
OF_LISTS = {"/Type", "/Kids", "/Count", "/Parent", *TAKEN_OVER}
OF_STREAMS = {"/Length", "/Filter", "/DecodeParms"}
"""Some programs unpack a stream by an entry of another name, e.g. /F or /DP."""
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


def is_plain_tree(root: Any) -> bool:
    """Return whether each node says what it is, where it belongs and how many pages are below it.

    A node that says that it is a page and lists others is a page to some programs, and a list of pages to others.
    """
    return _pages_below(root.raw_get("/Pages"), None) is not None


def _pages_below(reference: Any, above: tuple[int, int] | None) -> int | None:
    """Return how many pages are in a node whose parent is `above`; None when it is odd. `leaves` read it before."""
    node = reference.get_object()
    if number_of(reference) is None or (number_of(node.raw_get("/Parent")) if "/Parent" in node else None) != above:
        return None
    if "/Kids" not in node:
        return 1 if node.get("/Type") == "/Page" else None
    counts = [_pages_below(kid, number_of(reference)) for kid in node["/Kids"]]
    is_list = node.get("/Type") == "/Pages" and node.keys() <= OF_LISTS and None not in counts
    total = sum(count or 0 for count in counts)
    return total if is_list and node.get("/Count") == total else None


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


def page_content(page: Leaf) -> bytes | None:
    """Return the unpacked drawing of a page; None when programs may differ over it.

    One that is kept in parts reads like one in one piece.
    """
    content = page.entries["/Contents"].get_object() if "/Contents" in page.entries else []
    parts = [part.get_object() for part in (content if isinstance(content, list) else [content])]
    drawings = [unpacked(part) if part.keys() <= OF_STREAMS else None for part in parts]
    return None if None in drawings else b"\n".join(filter(None, drawings)).strip()
