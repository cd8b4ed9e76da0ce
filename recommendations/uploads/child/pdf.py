"""Checks a PDF: the engine that draws it must open it, and it must have no content that acts in another reader."""

import io
import re
import time
from typing import TYPE_CHECKING

from recommendations.uploads.child.pdf_streams import check_streams, without_streams
from recommendations.uploads.refusal import BadFile

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 200
"""A questionnaire with its manual has far fewer; a book does not belong to a submission."""
TAIL = 64 * 1024
"""In bytes: the closing mark of a whole file is this near to the end. Scanners add some bytes behind it."""
ENOUGH = 0.6
"""CPU seconds for reading the pages' content. What is not read now fails when the page is drawn."""

BROKEN = "Berkas ini terpotong atau rusak. Salin atau pindai ulang lalu pilih lagi."
ACTIVE = {
    # names of ISO 32000-1, 12.6, 12.7 and 7.11.4: what they are in words
    rb"/JavaScript(?![A-Za-z])": "perintah (JavaScript)",
    rb"/Launch(?![A-Za-z])": "perintah yang membuka program",
    rb"/RichMedia(?![A-Za-z])": "film atau program",
    rb"/Rendition(?![A-Za-z])": "film atau suara",
    rb"/S(?:ubtype)?\s*/(?:Movie|Sound)(?![A-Za-z])": "film atau suara",
    rb"/SubmitForm(?![A-Za-z])": "formulir yang mengirim isinya ke luar",
    rb"/ImportData(?![A-Za-z])": "perintah yang mengambil isi dari luar",
    rb"/GoTo[RE](?![A-Za-z])": "tautan yang membuka berkas lain",
    rb"/S\s*/Thread(?![A-Za-z])": "tautan yang membuka berkas lain",
    rb"/EF\s*(?:<<|\d+\s+\d+\s+R)": "berkas lain",
}
SHORT = {rb"/XFA(?![A-Za-z])": "formulir yang berjalan sendiri (XFA)", rb"/URI(?![A-Za-z])": "tautan ke alamat web"}
"""Names so short that packed pictures have them by chance: looked for only outside of streams."""
ESCAPED_NAME = re.compile(rb"/[A-Za-z0-9]*(?:#[0-9A-Fa-f]{2}[A-Za-z0-9]*)+")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(content: bytes) -> None:
    """Raise BadFile when the PDF is cut short, unreadable, locked, too long, or has active content or another file."""
    if b"%%EOF" not in content[-TAIL:]:
        raise BadFile(BROKEN)
    check_streams(content)
    opened = without_streams(_opened(content))
    _check_actions(_plain_names(content), ACTIVE)
    _check_actions(_plain_names(without_streams(content)), SHORT)
    _check_actions(_plain_names(opened), ACTIVE | SHORT)


def _check_actions(text: bytes, actions: dict[bytes, str]) -> None:
    for name, words in actions.items():
        if re.search(name, text):
            raise BadFile(
                f"PDF ini memuat {words}. Cetak sekali lagi ke PDF (Cetak, Simpan sebagai PDF) lalu pilih lagi."
            )


def _opened(content: bytes) -> bytes:
    """Return the PDF as the engine saves it, with its packed and encrypted objects readable.

    Raise BadFile when the engine cannot open it.
    """
    import pypdfium2

    written = io.BytesIO()
    try:
        with pypdfium2.PdfDocument(content) as document:
            _check_pages(document)
            document.save(written, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
            _read_pages(document)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise BadFile("PDF ini terkunci kata sandi. Buka kuncinya, simpan, lalu pilih lagi.") from None
        raise BadFile(BROKEN) from None
    return written.getvalue()


def _check_pages(document: "pypdfium2.PdfDocument") -> None:
    count = len(document)
    if count > MAX_PAGES:
        raise BadFile(f"PDF ini {count} halaman, paling banyak {MAX_PAGES}. Lampirkan bagian yang diperlukan saja.")
    if not count or not all(min(document.get_page_size(index)) >= 1 for index in range(count)):
        raise BadFile(BROKEN)


def _read_pages(document: "pypdfium2.PdfDocument") -> None:
    """Let the engine read the content of the pages, as far as ENOUGH goes.

    Forms nested in each other without end exceed the limit of this process here, not when the page is drawn.
    """
    begun = time.process_time()
    for index in range(len(document)):
        if time.process_time() - begun > ENOUGH:
            return
        document[index].close()


def _plain_names(content: bytes) -> bytes:
    """Replace the escapes in names: `/J#61vaScript` becomes /JavaScript."""
    return ESCAPED_NAME.sub(lambda name: ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), name[0]), content)
