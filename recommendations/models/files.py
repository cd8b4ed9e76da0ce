"""A file that a person handed in, kept under a random name with its SHA-256."""

import secrets
from pathlib import PurePath

from django.db import models

from recommendations.models.drawing_tries import DrawnOnce
from recommendations.uploads import PDF, PICTURES, kind_words, shown_size


def attachment_path(attachment: models.Model | None, filename: str) -> str:
    """Return a path with a random name that cannot be guessed. Only the ending of `filename` stays."""
    return f"attachments/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:6]}"


class KeptFile(DrawnOnce):
    """A file outside the web root, with the SHA-256 that proves it unchanged."""

    file = models.FileField(upload_to=attachment_path, max_length=100)
    name = models.CharField("nama berkas", max_length=200)
    size = models.PositiveIntegerField("ukuran (byte)")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField("halaman", null=True, blank=True)  # None until the pages are drawn

    UNDRAWN = models.Q(pages=None, content_type__in={PDF, *PICTURES})
    IS_TRIED_HOURLY = False  # a damaged file fails each time, and costs seconds of CPU
    MOST_SHOWN = 60
    """The most pages of a file that are drawn. A longer file is downloaded to read the rest."""

    class Meta:
        abstract = True

    @property
    def is_drawable(self) -> bool:
        """Return whether the file has pages that can be shown: a PDF or a picture."""
        return self.content_type in {PDF, *PICTURES}

    @property
    def shown_pages(self) -> int:
        """Return the number of pages that are drawn; 0 when none is."""
        return min(self.pages or 0, self.MOST_SHOWN)

    @property
    def is_drawn(self) -> bool:
        """Return whether no page has to be drawn any more; True also for a file that has no pages to show."""
        return self.pages is not None or not self.is_drawable

    @property
    def shown_size(self) -> str:
        return shown_size(self.size)

    @property
    def shown_type(self) -> str:
        """Return the kind of the file in words: `PDF`, `JPEG`."""
        return kind_words(self.content_type)

    @property
    def short_sha256(self) -> str:
        """Return the first 16 characters of the SHA-256 in groups of four, to compare by eye."""
        return " ".join(self.sha256[place : place + 4] for place in range(0, 16, 4))
