"""When each part of the desk was last seen alive, for the health page."""

from django.db import models


class Pulse(models.Model):
    """One part of the desk: when it was last seen, and how often it failed. `office/pulses.py` writes it."""

    class Part(models.TextChoices):
        WORKER = "worker", "pekerja"
        CLOCK = "clock", "penjadwal"
        BROKER = "broker", "antrean tugas"
        BACKUP = "backup", "cadangan"  # noted by what makes the backup
        # The commands of the clock, each seen when it has done its work.
        CATCH_UP = "catch_up", "pekerjaan yang tertunda"
        ALERT_DUE = "alert_due", "peringatan jatuh tempo"
        ALERT_COMPLAINTS = "alert_complaints", "peringatan pengaduan"
        ALERT_FOLLOW_UPS = "alert_follow_ups", "peringatan tindak lanjut SKM"
        FOLLOW_CALENDAR = "follow_calendar", "batas waktu pengaduan menurut kalender"
        CLOSE_DAY = "close_day", "penutupan kunjungan"

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

    @property
    def has_failed_last(self) -> bool:
        """Return whether it was not seen again since its last failure."""
        failed_at = self.last_failure_at
        return failed_at is not None and (self.seen_at is None or self.seen_at < failed_at)
