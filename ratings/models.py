"""The visitors' ratings: SKM answers and a remark. Each belongs to one visit."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models import Visit
from office.models import User
from ratings.skm import ASPECTS


def aspect_field(words: str) -> "models.PositiveSmallIntegerField[int, int]":
    """Return a model field for one aspect: 1 to 4, 4 is best (PermenPANRB 14/2017)."""
    return models.PositiveSmallIntegerField(words, validators=[MinValueValidator(1), MaxValueValidator(4)])


class Rating(models.Model):
    """The nine SKM answers about one visit. Aspects have names, because sources swap the numbers 8 and 9."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="rating", verbose_name="kunjungan")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="petugas")
    rated_at = models.DateTimeField("dinilai", default=timezone.now)
    requirements = aspect_field("persyaratan")
    procedure = aspect_field("prosedur")
    time = aspect_field("waktu")
    cost = aspect_field("biaya")
    product = aspect_field("produk")
    competence = aspect_field("kompetensi")
    conduct = aspect_field("perilaku")
    facilities = aspect_field("sarana")
    complaints = aspect_field("pengaduan")
    remark = models.TextField("saran", blank=True, max_length=2000)

    class Meta:
        verbose_name = "penilaian"
        verbose_name_plural = "penilaian"
        ordering = ["-rated_at"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(name=f"rating_{aspect.key}_1_to_4", condition=Q(**{f"{aspect.key}__range": (1, 4)}))
            for aspect in ASPECTS
        ]

    def __str__(self) -> str:
        return f"Penilaian {self.visit}"

    @property
    def answers(self) -> dict[str, int]:
        return {aspect.key: getattr(self, aspect.key) for aspect in ASPECTS}
