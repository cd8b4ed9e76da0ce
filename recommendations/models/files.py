"""A file that a person handed in, kept under a random name with its SHA-256."""

import secrets
from pathlib import PurePath

from django.db import models

from recommendations.uploads import kind_words, shown_size


def attachment_path(attachment: models.Model | None, filename: str) -> str:
    """Return a path with a random name that cannot be guessed. Only the ending of `filename` stays."""
    return f"attachments/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:6]}"


class KeptFile(models.Model):
    """A file outside the web root, with the SHA-256 that proves it unchanged."""

    file = models.FileField(upload_to=attachment_path, max_length=100)
    name = models.CharField("nama berkas", max_length=200)
    size = models.PositiveIntegerField("ukuran (byte)")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

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
