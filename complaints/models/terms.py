"""The terms for complaints, as data: sources differ on their length and unit, so the office decides."""

from collections.abc import Collection
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from complaints.deadlines import term_ends_on

FIRST_RESPONSE = "tanggapan"
"""The code of the term for the first response, which is no class."""
ORDINARY = "tanpa-lapangan"
"""The code of the class of a complaint for which no person has chosen one yet."""


class ComplaintTermQuerySet(models.QuerySet["ComplaintTerm"]):
    def classes(self) -> "ComplaintTermQuerySet":
        """Return the classes of complaints, in their order, without the term for the first response."""
        return self.exclude(code=FIRST_RESPONSE).order_by("position", "pk")

    def first_response(self) -> "ComplaintTerm":
        """Return the term for the first response. A migration makes it and the admin cannot delete it."""
        return self.get(code=FIRST_RESPONSE)

    def ordinary(self) -> "ComplaintTerm":
        """Return the class of a complaint that has to end before a person has chosen one. It is always there too."""
        return self.get(code=ORDINARY)


class ComplaintTerm(models.Model):
    """A limit: for the first response, or for a class of complaints from receipt to closing."""

    class Unit(models.TextChoices):
        WORKING = "working", "hari kerja"
        CALENDAR = "calendar", "hari"

    code = models.SlugField("kode", max_length=20, unique=True, editable=False)
    name = models.CharField("nama", max_length=100)
    days = models.PositiveSmallIntegerField("batas", validators=[MinValueValidator(1), MaxValueValidator(365)])
    unit = models.CharField("satuan", max_length=10, choices=Unit.choices, default=Unit.WORKING)
    position = models.PositiveSmallIntegerField("urutan", default=0, editable=False)

    objects = ComplaintTermQuerySet.as_manager()

    class Meta:
        verbose_name = "batas waktu pengaduan"
        verbose_name_plural = "batas waktu pengaduan"
        ordering = ["position", "pk"]
        default_permissions = ["view", "change"]
        constraints = [
            models.CheckConstraint(name="complaint_term_has_days", condition=Q(days__gte=1, days__lte=365)),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.days} {self.get_unit_display()})"

    @property
    def working_days(self) -> int | None:
        """The days of a term that counts working days; None when it counts calendar days."""
        return self.days if self.unit == self.Unit.WORKING else None

    def ends_on(self, start: date, days_off: Collection[date]) -> date:
        """Return the last day of the term that begins after `start`."""
        counts_working_days = self.working_days is not None
        return term_ends_on(start, self.days, counts_working_days=counts_working_days, days_off=days_off)
