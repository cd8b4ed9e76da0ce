"""Check a file when it arrives: its size here, its content in a child process."""

from typing import IO

from recommendations.uploads.apart import CHECK, ask
from recommendations.uploads.content_types import MAX_BYTES
from recommendations.uploads.names import shown_size
from recommendations.uploads.refusal import BadFile


def content_type_of(file: IO[bytes], *, size: int) -> str:
    """Return the file's content type, found from its content.

    Raise BadFile when it is empty, too big, broken, hostile or of another kind.
    """
    check_size(size)
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    file.seek(0)
    return str(ask("recommendations.uploads.child.kinds:kind_of", content, limits=CHECK).value)


MOST_SIGNATURE = 200 * 1024
"""The most bytes of a signature drawn on the screen: usual are 10 KB."""


def check_signature(content: bytes) -> None:
    """Raise BadFile unless the content is a PNG that a canvas made, with a signature drawn on it."""
    if len(content) > MOST_SIGNATURE:
        raise BadFile("Gambar tanda tangan terlalu besar. Hapus, lalu tanda tangani lagi.")
    ask("recommendations.uploads.child.pictures:check_signed_canvas", content, limits=CHECK)


MOST_LOGO = 2 * 1024 * 1024
"""The most bytes of a logo as it is uploaded."""


def printed_logo(content: bytes) -> bytes:
    """Return a PNG or JPEG as the small PNG that a letterhead prints. Raise BadFile."""
    if len(content) > MOST_LOGO:
        raise BadFile(f"Logo paling besar {shown_size(MOST_LOGO)}. Kecilkan lalu pilih lagi.")
    (made,) = ask("recommendations.uploads.child.logos:draw_logo", content, limits=CHECK).made
    return made


def check_size(size: int) -> None:
    """Raise BadFile when a file of this many bytes is empty or too big."""
    if not size:
        raise BadFile("Berkas ini kosong. Pilih berkas yang ada isinya.")
    if size > MAX_BYTES:
        raise BadFile(f"Berkas ini {shown_size(size)}, paling besar {shown_size(MAX_BYTES)}. Kecilkan lalu pilih lagi.")
