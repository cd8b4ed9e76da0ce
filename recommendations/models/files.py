"""A file that somebody brought: kept under a random name with its proof."""

import secrets
from pathlib import PurePath

from django.db import models

from recommendations.uploads import kind_words, shown_size


def attachment_path(attachment: models.Model | None, filename: str) -> str:
    """A random name: neither the applicant's file name nor anything else to guess. Only its ending stays."""
    return f"attachments/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:6]}"


class KeptFile(models.Model):
    """The file outside the web root, and what proves that it is still the same."""

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
        """`PDF`, `JPEG`."""
        return kind_words(self.content_type)

    @property
    def short_sha256(self) -> str:
        """The first signs of the proof, in groups, to compare by eye."""
        return " ".join(self.sha256[place : place + 4] for place in range(0, 16, 4))
