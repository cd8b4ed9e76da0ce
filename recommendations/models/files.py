"""A file that a person handed in, kept under a random name with its SHA-256."""

import secrets
from pathlib import PurePath

from django.db import models

from recommendations.uploads import PDF, PICTURES, kind_words, shown_size


def attachment_path(attachment: models.Model | None, filename: str) -> str:
    """Return a path with a random name that cannot be guessed. Only the ending of `filename` stays."""
    return f"attachments/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:6]}"


MOST_TRIES = 3
UNDRAWN = models.Q(pages=None, content_type__in={PDF, *PICTURES}, draw_tries__lt=MOST_TRIES)
"""A file whose pages the worker still has to draw: a PDF or a picture that has not failed too often."""


class KeptFile(models.Model):
    """A file outside the web root, with the SHA-256 that proves it unchanged."""

    file = models.FileField(upload_to=attachment_path, max_length=100)
    name = models.CharField("nama berkas", max_length=200)
    size = models.PositiveIntegerField("ukuran (byte)")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField("halaman", null=True, blank=True)  # None until the pages are drawn
    asked_at = models.DateTimeField(null=True, blank=True)
    draw_tries = models.PositiveSmallIntegerField("kali gagal digambar", default=0)
    draw_problem = models.CharField("mengapa gagal digambar", max_length=300, blank=True)

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
    def is_being_drawn(self) -> bool:
        """Return whether the worker still has to draw the pages."""
        return self.is_drawable and self.pages is None and self.draw_tries < MOST_TRIES

    @property
    def drawing_failed(self) -> bool:
        """Return whether the pages could not be drawn, so often that the worker does not try again."""
        return self.is_drawable and self.pages is None and self.draw_tries >= MOST_TRIES

    @property
    def shown_size(self) -> str:
        return shown_size(self.size)

    @property
    def shown_type(self) -> str:
        """Return the kind of the file in words: `PDF`, `JPEG`."""
        return kind_words(self.content_type)

    @property
    def short_sha256(self) -> str:
        """Return the first 16 signs of the SHA-256 in groups of four, to compare by eye."""
        return " ".join(self.sha256[place : place + 4] for place in range(0, 16, 4))
