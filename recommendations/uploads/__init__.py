"""Decides which uploaded files are accepted, by their content and never by their name.

An accepted file is kept byte for byte (a photo keeps its EXIF), because its SHA-256 proves what was handed in. Screens
show pictures drawn from the original, never the original itself; these pictures have no metadata.

`checks.py` and `pages.py` are called by the desk. They let a child process (`apart.py`) do the work (`child/`).
"""

from recommendations.uploads.content_types import ACCEPTED, DOCX, JPEG, MAX_BYTES, PDF, PICTURES, PNG, XLSX, kind_words
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
    "fitting_name",
    "kind_words",
    "shown_size",
]
