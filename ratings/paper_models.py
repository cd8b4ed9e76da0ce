"""A batch of SKM answers that were given on paper: one imported file."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import Service, User


class PaperBatch(models.Model):
    """One imported file. A batch that was taken back has no ratings any more; its row stays.

    `day` is the day of the answers, by which they belong to a period. Their officer is not known.
    """

    file_name = models.CharField("nama berkas", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    day = models.DateField("hari jawaban")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name="layanan")
    rows = models.PositiveIntegerField("responden")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="diimpor oleh")
    at = models.DateTimeField("diimpor", default=timezone.now)
    taken_back_at = models.DateTimeField("ditarik", null=True, blank=True)

    class Meta:
        verbose_name = "impor kuesioner kertas"
        verbose_name_plural = "impor kuesioner kertas"
        ordering = ["-at", "-pk"]
        default_permissions = []
        permissions = [("import_paper_answers", "Mengimpor kuesioner kertas")]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(taken_back_at=None), name="a_paper_file_counts_once"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class PaperBatchEvent(models.Model):
    """What was done with a batch: who, when, and why."""

    class Kind(models.TextChoices):
        IMPORT = "import", "Diimpor"
        TAKE_BACK = "take_back", "Ditarik"

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.batch} {self.words}"

    @property
    def words(self) -> str:
        return self.get_kind_display()

    @property
    def who(self) -> str:
        return str(self.by)
