"""Say what a PDF shows and our drawn letter does not, or the other way round.

Both are compared as a whole, not only the signed part: a drawing added before the signature is as much a change as
one added after it. Allowed are a signature with its field, proofs of certificates, time-stamps, and other metadata.
"""

from typing import Any

from recommendations.uploads.child.pdf_equality import Places, are_equal, number_of
from recommendations.uploads.child.pdf_pages import Leaf, is_plain_tree, leaves, page_content
from recommendations.uploads.child.read_aloud import words_read_aloud
from recommendations.uploads.child.signature_fields import SignatureField, has_other_fields, signature_fields
from recommendations.uploads.child.signature_pictures import change_of_look

MAY_DIFFER = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Type", "/Version"}
"""Entries of the catalog that signing writes."""
ELSEWHERE = {"/Pages", "/StructTreeRoot"}
"""Entries of the catalog that are compared in their own way."""
OF_PAGES = {"/Annots", "/Contents", "/Parent", "/Tabs", "/Type"}
"""Entries of a page that are compared in their own way, or only say in which order the fields are reached."""


def change_in(ours: Any, theirs: Any, *, file: bytes, drawn: bytes) -> str:
    """Return in Indonesian what is different in `file` from `drawn`, our PDF; "" when nothing is.

    `ours` and `theirs` are their catalogs.
    """
    if has_other_fields(theirs):
        return "Berkas ini memuat isian formulir yang tidak ada pada surat."
    our_pages, their_pages = leaves(ours), leaves(theirs)
    if not is_plain_tree(theirs):
        return "Daftar halaman berkas ini disusun dengan cara yang tidak lazim."
    if len(our_pages) != len(their_pages):
        return f"Berkas ini {len(their_pages)} halaman, sedangkan surat kami {len(our_pages)} halaman."
    fields = signature_fields(theirs)
    return (
        _page_change(our_pages, their_pages, fields)
        or _other_change(ours, theirs, _places(our_pages, their_pages))
        or change_of_look(file, drawn, their_pages, fields)
    )


def _places(our_pages: list[Leaf], their_pages: list[Leaf]) -> Places:
    return {one.number: other.number for one, other in zip(our_pages, their_pages, strict=True)}


def _page_change(ours: list[Leaf], theirs: list[Leaf], fields: list[SignatureField]) -> str:
    places = _places(ours, theirs)
    for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if not _is_same_page(one, other, places):
            return f"Isi halaman {index + 1} tidak sama dengan surat kami."
        if not _has_same_annotations(one, other, fields, places):
            return f"Di atas halaman {index + 1} ada tambahan yang tidak ada pada surat kami."
    return ""


def _is_same_page(ours: Leaf, theirs: Leaf, places: Places) -> bool:
    keys, drawing = ours.entries.keys() - OF_PAGES, page_content(ours)
    return (
        keys == theirs.entries.keys() - OF_PAGES
        and drawing is not None
        and drawing == page_content(theirs)
        and all(are_equal(ours.entries[key], theirs.entries[key], pages=places) for key in keys)
    )


def _has_same_annotations(ours: Leaf, theirs: Leaf, fields: list[SignatureField], places: Places) -> bool:
    widgets = {number for field in fields for number in field.widgets}
    others = [one for one in theirs.annotations if number_of(one) not in widgets]
    pairs = list(zip(ours.annotations, others, strict=False))
    return len(ours.annotations) == len(others) and all(are_equal(*pair, pages=places) for pair in pairs)


def _other_change(ours: Any, theirs: Any, places: Places) -> str:
    keys = ours.keys() - MAY_DIFFER - ELSEWHERE
    is_same = keys == theirs.keys() - MAY_DIFFER - ELSEWHERE and all(
        are_equal(ours.raw_get(key), theirs.raw_get(key), pages=places) for key in keys
    )
    if not is_same:
        return "Bagian berkas di luar halaman tidak sama dengan surat kami."
    return (
        ""
        if words_read_aloud(ours) == words_read_aloud(theirs)
        else "Teks untuk pembaca layar tidak sama dengan surat kami."
    )
