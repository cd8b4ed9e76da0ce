"""The visitors' ratings (SKM answers and a remark) and complaints. Each rating belongs to one visit."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models import Visit
from office.models import User
from ratings.skm import ASPECTS

COMPLAINT_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, O, 1, I, L


def new_code() -> str:
    """Return a random code for a complaint: 16 characters, about 79 bits."""
    return "".join(secrets.choice(COMPLAINT_CHARACTERS) for _ in range(16))


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


class Complaint(models.Model):
    """A complaint (pengaduan). It is found by its code, not by a name."""

    code = models.CharField("kode", max_length=16, unique=True, default=new_code, editable=False)
    text = models.TextField("isi pengaduan", max_length=4000)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name="kunjungan"
    )
    received_at = models.DateTimeField("diterima", default=timezone.now)

    class Meta:
        verbose_name = "pengaduan"
        verbose_name_plural = "pengaduan"
        ordering = ["-received_at"]
        default_permissions = ["view"]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """The code in groups of four, e.g. `7KQF-M2XD-9RTA-C4WH`."""
        return "-".join(self.code[start : start + 4] for start in range(0, 16, 4))
