"""The proof that a paper was handed over: the receiver's signature on the screen, or the scanned receipt."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.models.files import KeptFile
from recommendations.models.letters import Dispatch
from recommendations.uploads import PNG


class DeliveryReceipt(KeptFile):
    """A receipt of one letter that was handed over. Its bytes never change; another one is kept beside it.

    The dispatch has the receiver's name and the time. It is saved first, so both stay when the file cannot be kept.
    """

    class Kind(models.TextChoices):
        SIGNATURE = "signature", "Tanda tangan di layar"
        SCAN = "scan", "Pindaian tanda terima"

    MOST = 5
    """Receipts of one dispatch: a second page, and what was photographed badly."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    added_at = models.DateTimeField("disimpan", default=timezone.now)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tanda terima surat"
        verbose_name_plural = "tanda terima surat"
        ordering = ["added_at", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "sha256"], name="one_receipt_a_file"),
            models.CheckConstraint(name="drawn_receipt_is_png", condition=~Q(kind="signature") | Q(content_type=PNG)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.dispatch.to}"

    @property
    def is_picture(self) -> bool:
        """Return whether the page can show it: a drawn signature or a photo. A PDF is downloaded."""
        return self.content_type.startswith("image/")
