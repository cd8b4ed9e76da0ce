"""The devices of the waiting room: kiosk, board, rating tablet. The admin pairs each one and can revoke it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from office.models.desk import Counter


class Device(models.Model):
    """One device. Its cookie holds the key; the row stores only the key's digest."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", "kios"
        BOARD = "board", "papan"
        TABLET = "tablet", "tablet penilaian"

    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    name = models.CharField("nama", max_length=60, help_text="Contoh: Kios dekat pintu masuk.")
    idle_seconds = models.PositiveSmallIntegerField(
        "detik tanpa sentuhan",
        default=60,
        validators=[MinValueValidator(20), MaxValueValidator(1200)],
        help_text="Setelah ini kios kembali ke awal. Perpanjang untuk pengunjung yang memerlukan waktu lebih.",
    )
    counter = models.ForeignKey(
        Counter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="berdiri di loket",
        related_name="devices",
        help_text="Untuk tablet penilaian: menampilkan nomor yang selesai dilayani di loket ini.",
    )
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField("kode berlaku sampai", null=True, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    key_hash = models.CharField(max_length=64, blank=True, editable=False)
    paired_at = models.DateTimeField("dipasangkan", null=True, blank=True, editable=False)
    last_seen_at = models.DateTimeField("terakhir terlihat", null=True, blank=True, editable=False)
    is_mute = models.BooleanField("suara mati", default=False, editable=False)
    revoked_at = models.DateTimeField("dicabut", null=True, blank=True, editable=False)
    minute = models.DateTimeField(null=True, blank=True, editable=False)
    acts_in_minute = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "perangkat"
        verbose_name_plural = "perangkat"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["key_hash"], condition=~models.Q(key_hash=""), name="one_device_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def holds_key(self) -> bool:
        """Whether the device is paired: it has a key and is not revoked."""
        return bool(self.key_hash) and self.revoked_at is None

    @property
    def state(self) -> str:
        """The state in words, for the admin's list."""
        if self.revoked_at:
            return "dicabut"
        if self.key_hash:
            return "terpasang"
        return "menunggu kode" if self.code_until and self.code_until > timezone.now() else "belum dipasangkan"
