"""The phrases from which an examiner picks. The office edits them; the system learns none from typed remarks."""

from django.db import models

from recommendations.instruments import INSTRUMENTS
from recommendations.models.rounds import Remark


class Phrase(models.Model):
    """A ready sentence for a remark. Without an instrument it fits every form, without an item every item."""

    text = models.CharField("kalimat", max_length=500, help_text="Awali dengan “Mohon”.")
    kind = models.CharField("jenis", max_length=10, choices=Remark.Kind.choices, default=Remark.Kind.CORRECTION)
    instrument_code = models.CharField(
        "formulir", max_length=10, choices=[(code, code) for code in INSTRUMENTS], blank=True
    )
    item = models.CharField("isian", max_length=40, blank=True, help_text="Kode isian, misalnya tujuan_survei.")
    position = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("dipakai", default=True)

    class Meta:
        verbose_name = "kalimat catatan"
        verbose_name_plural = "kalimat catatan"
        ordering = ["position", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "instrument_code", "item"],
                name="one_phrase_a_place",
                violation_error_message="Kalimat ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return self.text
