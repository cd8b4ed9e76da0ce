"""The five kinds of files that are accepted, and their size."""

from office import content_types

PDF, JPEG, PNG = content_types.PDF, "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = content_types.XLSX
PICTURES = {JPEG, PNG}
PICTURE_BEGINNINGS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
"""How the files of each kind of picture begin."""

ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), DOCX: (".docx",), XLSX: (".xlsx",)}
WORDS = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", DOCX: "DOCX", XLSX: "XLSX"}
ACCEPTED = ",".join(ending for endings in ENDINGS.values() for ending in endings)

MAX_BYTES = 10 * 1024 * 1024
"""A scanned letter of ten pages at 300 dpi fits. An album or a film does not, and mail servers would refuse it."""


def kind_words(content_type: str) -> str:
    """Return `PDF` for application/pdf; an unknown content type as it is."""
    return WORDS.get(content_type, content_type)
