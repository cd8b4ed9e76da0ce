"""Decides which uploaded files are accepted, by their content and never by their name.

An accepted file is kept byte for byte (a photo keeps its EXIF), because its SHA-256 proves what was handed in. Screens
show pictures drawn from the original, never the original itself; these pictures have no metadata.
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
