"""When each part of the desk was last seen alive, for the health page."""

from django.db import models


class Pulse(models.Model):
    """One part of the desk: when it was last seen, and how often it failed. `office/pulses.py` writes it."""

    class Part(models.TextChoices):
        WORKER = "worker", "pekerja"
        CLOCK = "clock", "penjadwal"
        BROKER = "broker", "antrean tugas"
        BACKUP = "backup", "cadangan"  # noted by what makes the backup

    name = models.CharField("bagian", max_length=20, primary_key=True, choices=Part.choices)
    seen_at = models.DateTimeField("terakhir terlihat", null=True, blank=True)
    failures = models.PositiveIntegerField("kegagalan", default=0)
    last_failure_at = models.DateTimeField("terakhir gagal", null=True, blank=True)
    words = models.CharField("sebab", max_length=100, blank=True)

    class Meta:
        verbose_name = "tanda hidup"
        verbose_name_plural = "tanda hidup"
        default_permissions = []
        permissions = [("view_health", "Melihat keadaan sistem")]

    def __str__(self) -> str:
        return self.get_name_display()
