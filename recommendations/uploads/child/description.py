"""The job that reads what a PDF says of itself: its title, keywords and other words of description."""

import io

from recommendations.uploads.child.pdf import BROKEN
from recommendations.uploads.refusal import BadFile

LONGEST = 20_000
"""In signs. The description of a letter has some hundred."""


def read_description(file: bytes) -> str:
    """Return the words that describe the PDF, of both places: the table (ISO 32000-1, 14.3.3) and XMP (14.3.2).

    A program that writes a PDF again keeps at least one of them. Raise BadFile when it cannot be opened.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(file)) as opened:
            words = [str(one)[:LONGEST] for one in opened.docinfo.values() if isinstance(one, pikepdf.String)]
            metadata = opened.Root.get("/Metadata")
            described = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    except pikepdf.PdfError:
        raise BadFile(BROKEN) from None
    return "\n".join([*words, described[:LONGEST].decode(errors="replace")])[:LONGEST]
