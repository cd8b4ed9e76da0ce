"""Draw the pages of a file as pictures for the screen, and cache them under the file's SHA-256."""

from office.cached import cached
from recommendations.attachments.originals import original
from recommendations.models.files import KeptFile
from recommendations.uploads import PDF, PICTURES
from recommendations.uploads.pages import NoSuchPage, page_count, page_picture, scaled_picture

SECONDS_CACHED = 15 * 60


def shown_pages(kept: KeptFile) -> int:
    """Return the number of pages that can be shown; 0 for a DOCX or XLSX. Raise OriginalLost when a PDF is lost."""
    if kept.content_type in PICTURES:
        return 1
    if kept.content_type != PDF:
        return 0
    return cached(f"pages-{kept.sha256}", lambda: page_count(original(kept)), seconds=SECONDS_CACHED)


def shown_page(kept: KeptFile, number: int) -> bytes:
    """Return page `number`, counted from 1, as a JPEG. Raise NoSuchPage, or OriginalLost when the file is lost."""
    if not 1 <= number <= shown_pages(kept):
        raise NoSuchPage(number)
    return cached(f"page-{kept.sha256}-{number}", lambda: _drawn(kept, number), seconds=SECONDS_CACHED)


def _drawn(kept: KeptFile, number: int) -> bytes:
    content = original(kept)
    return page_picture(content, number, in_colour=True) if kept.content_type == PDF else scaled_picture(content)
