"""What a screen shows of a file: pictures that the desk draws of it, never the file itself; kept by its SHA-256."""

from django.core.cache import cache

from recommendations.attachments.originals import original
from recommendations.models import Attachment
from recommendations.uploads import PDF, PICTURES
from recommendations.uploads.pages import NoSuchPage, page_count, page_picture, scaled_picture

KEPT_FOR = 15 * 60


def shown_pages(attachment: Attachment) -> int:
    """How many pictures there are to look at; 0 for a DOCX or XLSX. Raises OriginalLost."""
    if attachment.content_type in PICTURES:
        return 1
    if attachment.content_type != PDF:
        return 0
    return cache.get_or_set(f"pages-{attachment.sha256}", lambda: page_count(original(attachment)), KEPT_FOR)


def shown_page(attachment: Attachment, number: int) -> bytes:
    """Picture `number`, from 1, as JPEG. Raises NoSuchPage, OriginalLost."""
    if not 1 <= number <= shown_pages(attachment):
        raise NoSuchPage(number)
    return cache.get_or_set(f"page-{attachment.sha256}-{number}", lambda: _drawn(attachment, number), KEPT_FOR)


def _drawn(attachment: Attachment, number: int) -> bytes:
    content = original(attachment)
    return page_picture(content, number, in_colour=True) if attachment.content_type == PDF else scaled_picture(content)
