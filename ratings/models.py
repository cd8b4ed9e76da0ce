"""The visitors' ratings: answers of an instrument and a remark. Each belongs to one visit."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from guestbook.models import Visit
from office.models import User
from ratings.ikm import Tally
from ratings.instruments import INSTRUMENTS, SKM_9, RatingInstrument
from ratings.report_models import FrozenReport, ReportDownload

__all__ = ["FrozenReport", "Rating", "ReportDownload"]


def fits_an_instrument() -> Q:
    """Return the condition that a known instrument accepts the answers: each aspect answered, on the scale."""
    return reduce(or_, map(_fits, INSTRUMENTS.values()))


def _fits(instrument: RatingInstrument) -> Q:
    values = list(instrument.values)
    on_scale = {f"answers__{key}__in": values for key in instrument.keys}
    return Q(instrument=instrument.code, answers__has_keys=list(instrument.keys), **on_scale)


class RatingQuerySet(models.QuerySet["Rating"]):
    def of_instrument(self, instrument: RatingInstrument) -> "RatingQuerySet":
        """Return the ratings given with this instrument. Only they may go into one index."""
        return self.filter(instrument=instrument.code)

    def tally(self) -> Tally:
        """Return how many rated with the SKM, and the sum of each aspect. One query for any number of ratings."""
        sums = {key: Sum(Cast(KT(f"answers__{key}"), models.IntegerField())) for key in SKM_9.keys}
        found = self.of_instrument(SKM_9).order_by().aggregate(n=Count("pk"), **sums)
        return Tally(found["n"], {key: found[key] or 0 for key in SKM_9.keys})


class Rating(models.Model):
    """The answers about one visit, keyed by aspect. Aspects have names, because sources swap the numbers 8 and 9."""

    class Source(models.TextChoices):
        UNKNOWN = "", "tidak dicatat"
        TABLET = "tablet", "tablet di loket"
        TELEPHONE = "telephone", "ponsel pengunjung"
        PAPER = "paper", "kuesioner kertas"

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="rating", verbose_name="kunjungan")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="petugas")
    rated_at = models.DateTimeField("dinilai", default=timezone.now)
    instrument = models.CharField("instrumen", max_length=20)
    edition = models.CharField("edisi", max_length=60)
    answers = models.JSONField("jawaban")
    source = models.CharField("diisi lewat", max_length=10, choices=Source.choices, blank=True)
    seconds = models.PositiveIntegerField("lama mengisi (detik)", null=True, blank=True)
    remark = models.TextField("saran", blank=True, max_length=2000)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "penilaian"
        verbose_name_plural = "penilaian"
        ordering = ["-rated_at"]
        default_permissions = ["view"]
        constraints = [models.CheckConstraint(name="rating_answers_fit_instrument", condition=fits_an_instrument())]

    def __str__(self) -> str:
        return f"Penilaian {self.visit}"
