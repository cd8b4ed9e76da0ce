"""Lists the fields of a PDF's form, of which a signed letter has only those of its signatures (ISO 32000-1, 12.7)."""

from dataclasses import dataclass
from typing import Any

from recommendations.uploads.child.pdf_equality import number_of
from recommendations.uploads.refusal import BadFile

Box = tuple[float, float, float, float]
FORM_ENTRIES = {"/Fields", "/SigFlags", "/DA", "/DR", "/NeedAppearances", "/Type"}
"""What signing programs write into the form. None of it shows by itself."""
MOST_FIELDS, MOST_FILLED = 100, 20
"""Each signature costs time to verify. A letter has one signature, and perhaps those of a few witnesses."""

TOO_MANY_FIELDS = f"Berkas ini memuat lebih dari {MOST_FIELDS} isian. Pilih berkas seperti yang diterima dari kantor."
TOO_MANY_FILLED = (
    f"Berkas ini memuat lebih dari {MOST_FILLED} tanda tangan. Pilih berkas seperti yang diterima dari kantor."
)


@dataclass(frozen=True)
class SignatureField:
    """A field for a signature, and the numbers of its pictures on pages: usually one, which is the field itself."""

    name: str
    entries: Any
    widgets: frozenset[Any]

    @property
    def is_filled(self) -> bool:
        return "/V" in self.entries

    @property
    def is_time_stamp(self) -> bool:
        return self.is_filled and self.entries["/V"].get("/Type") == "/DocTimeStamp"

    @property
    def is_visible(self) -> bool:
        """Return whether it has a picture on a page."""
        kids = [kid.get_object() for kid in self.entries.get("/Kids", [])]
        return any(has_size(box_of(one)) for one in (self.entries, *kids))


def box_of(entries: Any) -> Box:
    """Return left, bottom, right and top of a picture in points; all 0 when it has no place."""
    left, bottom, right, top = (float(side) for side in entries["/Rect"]) if "/Rect" in entries else (0, 0, 0, 0)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def has_size(box: Box) -> bool:
    """Return whether a box can be seen."""
    return box[0] < box[2] and box[1] < box[3]


def check_number_of_fields(root: Any) -> None:
    """Raise BadFile when a catalog lists more than MOST_FIELDS fields, or more than MOST_FILLED with a signature."""
    listed = _fields(root)
    if len(listed) > MOST_FIELDS:
        raise BadFile(TOO_MANY_FIELDS)
    if sum(_is_signed(one.get_object()) for one in listed) > MOST_FILLED:
        raise BadFile(TOO_MANY_FILLED)


def _is_signed(entries: Any) -> bool:
    return entries.get("/FT") == "/Sig" and "/V" in entries


def signature_fields(root: Any) -> list[SignatureField]:
    """Return the signature fields of a catalog."""
    return [_field(reference) for reference in _fields(root) if _is_of_signature(reference)]


def has_other_fields(root: Any) -> bool:
    """Return whether the form of a catalog has anything but signature fields."""
    is_plain = "/AcroForm" not in root or root["/AcroForm"].keys() <= FORM_ENTRIES
    return not is_plain or not all(map(_is_of_signature, _fields(root)))


def _fields(root: Any) -> list[Any]:
    return list(root["/AcroForm"].get("/Fields", [])) if "/AcroForm" in root else []


def _is_of_signature(reference: Any) -> bool:
    """Return whether this is a field of a signature with nothing below it but its pictures."""
    entries = reference.get_object()
    kids = entries.get("/Kids", [])
    is_one = number_of(reference) is not None and entries.get("/FT") == "/Sig"
    return is_one and not any("/T" in kid.get_object() for kid in kids)


def _field(reference: Any) -> SignatureField:
    entries = reference.get_object()
    widgets = {number_of(one) for one in (reference, *entries.get("/Kids", []))}
    return SignatureField(str(entries.get("/T", "")), entries, frozenset(widgets - {None}))
