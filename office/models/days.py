"""The office's calendar: the days off that are not weekends, the years and their decrees, and every change."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from office.models.people import User


class DayOffQuerySet(models.QuerySet["DayOff"]):
    def names(self) -> dict[date, str]:
        """Return every day off with its name. The keys are the `days_off` of `office.calendar`."""
        return dict(self.values_list("day", "name"))


class DayOff(models.Model):
    """A day off: libur nasional, cuti bersama (SKB 3 Menteri) or another. Weekends have no rows."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "libur nasional"
        COLLECTIVE = "collective", "cuti bersama"
        OTHER = "other", "lainnya"

    day = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=150)
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, default=Kind.NATIONAL)
    source = models.CharField("dasar", max_length=150, blank=True)

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class CalendarYear(models.Model):
    """A year of the calendar. Until its cuti bersama is decreed, a due date that touches it is provisional."""

    year = models.PositiveSmallIntegerField("tahun", primary_key=True)
    is_decreed = models.BooleanField("cuti bersama sudah ditetapkan", default=False)
    source = models.CharField("dasar", max_length=150, blank=True)

    class Meta:
        verbose_name = "tahun kalender"
        verbose_name_plural = "tahun kalender"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarChange(models.Model):
    """One change of the calendar, with the added and removed days. Its number is the version that due dates name."""

    at = models.DateTimeField("diubah", default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, verbose_name="oleh")
    cause = models.CharField("dasar", max_length=300)  # the decree
    added = models.JSONField("ditambahkan", default=list, encoder=DjangoJSONEncoder)
    removed = models.JSONField("dihapus", default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "perubahan kalender"
        verbose_name_plural = "perubahan kalender"
        ordering = ["-pk"]
        default_permissions = ["view"]
        permissions = [("change_calendar", "Mengubah kalender kantor")]

    def __str__(self) -> str:
        return f"versi {self.pk}: {self.cause}"
