"""What officers corrected in the guestbook."""

from django.db import models
from django.db.models import Q

from guestbook.models.visits import Visit
from office.models import User
from office.phones import shown_phone


class VisitCorrectionQuerySet(models.QuerySet["VisitCorrection"]):
    def about(self, visit: Visit) -> "VisitCorrectionQuerySet":
        """Return the corrections of `visit`, and those of its visitor's data made on another visit of that row."""
        of_visitor = Q(visit__visitor=visit.visitor_id) & ~Q(field__in=VisitCorrection.OF_VISIT)
        return self.filter(Q(visit=visit) | of_visitor)


class VisitCorrection(models.Model):
    """One fact that an officer corrected: what it was, what it became, why, by which officer and when.

    Personal data: only users who may see the guestbook read it. A choice is stored with its label.
    """

    class Field(models.TextChoices):
        NAME = "name", "Nama lengkap"
        PHONE = "phone", "Nomor HP"
        EMAIL = "email", "E-mail"
        AGENCY = "agency", "Instansi"
        POSITION = "position", "Jabatan"
        SEX = "sex", "Jenis kelamin"
        AGE_CLASS = "age_class", "Umur"
        EDUCATION = "education", "Pendidikan"
        OCCUPATION = "occupation", "Pekerjaan"
        AGENCY_CATEGORY = "agency_category", "Kategori instansi"
        DATA_USE = "data_use", "Pemanfaatan data"
        SERVICE = "service", "Layanan"
        PRIORITY = "priority", "Didahulukan"

    OF_VISIT = (Field.SERVICE, Field.PRIORITY)
    """The facts of the visit itself. All others are in the visitor's row."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="corrections", verbose_name="kunjungan")
    field = models.CharField("isian", max_length=15, choices=Field.choices)
    old = models.CharField("semula", max_length=254, blank=True)
    new = models.CharField("menjadi", max_length=254, blank=True)
    reason = models.CharField("alasan", max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diperbaiki")

    objects = VisitCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "perbaikan buku tamu"
        verbose_name_plural = "perbaikan buku tamu"
        ordering = ["at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.visit} {self.words}"

    @property
    def words(self) -> str:
        return f"{self.get_field_display()} diperbaiki"

    @property
    def note(self) -> str:
        """The old value, the new one and the reason, as the timeline shows them."""
        return f"Semula {self._shown(self.old)}, menjadi {self._shown(self.new)}.\nAlasan: {self.reason}"

    @property
    def who(self) -> str:
        return str(self.by)

    def _shown(self, value: str) -> str:
        words = shown_phone(value) if self.field == self.Field.PHONE else value
        return f"“{words}”" if words else "kosong"
