"""The pages of a file as pictures: the worker draws them once, they are kept beside the file, and a page shows them."""

import logging
import resource
import secrets
from pathlib import Path, PurePosixPath

from django.core.files.storage import default_storage

from recommendations.attachments.originals import original
from recommendations.models.drawing_tries import DrawnOnceQuerySet
from recommendations.models.files import KeptFile
from recommendations.tries import begin_try, note_problem, take_back_try
from recommendations.uploads import PDF
from recommendations.uploads.pages import NoSuchPage, page_count, page_pictures, picture_to_join, scaled_picture
from recommendations.uploads.refusal import NotCheckedNow, TooComplex

log = logging.getLogger(__name__)

MOST_CPU = 20
"""CPU seconds of one try to draw a file, after which other files, letters and mails have their turn."""


def draw_previews(kept: KeptFile) -> None:
    """Draw the pages and keep them, or note why they cannot be drawn.

    Do nothing when they are drawn or stuck. When other files are in the way, the try does not count. Keep no picture
    when the file was removed meanwhile.
    """
    row = _row(kept)
    if not begin_try(row):
        return
    try:
        pages = _draw(kept)
    except NotCheckedNow:
        take_back_try(row)
    except Exception as problem:  # noqa: BLE001 - the screen says why the pages are not drawn
        log.warning("The pages of %s %s could not be drawn: %s.", type(kept).__name__, kept.pk, type(problem).__name__)
        note_problem(row, problem)
    else:
        row.update(pages=pages, problem="")
    if not row.exists():
        forget(kept)


def _row(kept: KeptFile) -> DrawnOnceQuerySet[KeptFile]:
    rows: DrawnOnceQuerySet[KeptFile] = DrawnOnceQuerySet(type(kept))
    return rows.filter(pk=kept.pk)


def _draw(kept: KeptFile) -> int:
    """Draw the pages that are shown, keep them, and return the number of all pages. Raise Refused, OSError."""
    content = original(kept)
    if kept.content_type != PDF:
        _keep(kept, 1, scaled_picture(content))
        return 1
    pages = page_count(content)
    _draw_pages(kept, content, min(pages, kept.MOST_SHOWN))
    return pages


def _draw_pages(kept: KeptFile, pdf: bytes, last: int) -> None:
    """Draw and keep the pages to `last` that are not kept yet, a few in each child process.

    Raise BadFile, NotCheckedNow, and TooComplex when they use up MOST_CPU: the next try goes on with the page after.
    """
    begun, number = _cpu_of_children(), 1
    while number <= last:
        if is_kept(kept, number):
            number += 1
            continue
        if _cpu_of_children() - begun > MOST_CPU:
            raise TooComplex
        for drawn, picture in enumerate(page_pictures(pdf, first=number, last=last), number):
            _keep(kept, drawn, picture)


def _cpu_of_children() -> float:
    """Return the CPU seconds of all ended child processes of this process."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def draw_again(kept: KeptFile) -> None:
    """Note that the pages are owed again, because a picture is lost."""
    _row(kept).update(pages=None, asked_at=None, tries=0, tried_at=None, problem="")
    kept.refresh_from_db(fields=["pages", "tries", "tried_at", "problem"])


def shown_page(kept: KeptFile, number: int) -> bytes:
    """Return page `number`, counted from 1, as a JPEG. Raise NoSuchPage when its picture is not there."""
    try:
        return _path(kept, number).read_bytes()
    except OSError:
        raise NoSuchPage(number) from None


def is_kept(kept: KeptFile, number: int) -> bool:
    """Return whether the picture of page `number` is there."""
    return _path(kept, number).is_file()


def picture_of(photo: KeptFile) -> bytes:
    """Return a photo as a JPEG to join: the kept one, or else one drawn now. Raise OriginalLost, BadFile."""
    try:
        return shown_page(photo, 1)
    except NoSuchPage:
        return picture_to_join(original(photo))


def forget(kept: KeptFile) -> None:
    """Delete the pictures of a file that was removed. A picture that cannot be deleted is logged."""
    folder = _path(kept, 1).parent
    try:
        for picture in folder.glob("*"):
            picture.unlink()
        if folder.is_dir():
            folder.rmdir()
    except OSError:
        log.exception("The pictures of a removed file could not be deleted.")


def _path(kept: KeptFile, number: int) -> Path:
    """Return where the picture of a page is. Its folder has the random name of the file."""
    return Path(default_storage.path(f"previews/{PurePosixPath(kept.file.name).stem}/{number}.jpg"))


def _keep(kept: KeptFile, number: int, picture: bytes) -> None:
    """Write a picture as a whole: another worker that draws the same page at the same time does no harm."""
    path = _path(kept, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"{number}-{secrets.token_hex(4)}.part")
    begun.write_bytes(picture)
    begun.replace(path)
