"""Which files the desk takes: told by their content, never by their name. What it takes it keeps byte for byte.

Nothing is cleaned out of an original (a photo keeps its EXIF): its SHA-256 is the proof of what was handed in. Screens
never show the original itself, only pictures that the desk draws of it, and those carry no metadata.
"""

from recommendations.uploads.content_types import ACCEPTED, DOCX, JPEG, PDF, PICTURES, PNG, XLSX, kind_words
from recommendations.uploads.kinds import MAX_BYTES, content_type_of
from recommendations.uploads.names import fitting_name, shown_size
from recommendations.uploads.refusal import BadFile

__all__ = [
    "ACCEPTED",
    "DOCX",
    "JPEG",
    "MAX_BYTES",
    "PDF",
    "PICTURES",
    "PNG",
    "XLSX",
    "BadFile",
    "content_type_of",
    "fitting_name",
    "kind_words",
    "shown_size",
]
