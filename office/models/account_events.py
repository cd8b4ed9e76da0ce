"""What was done to accounts, roles, heads and devices, and who did it. A row is written once and never changed."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models.devices import Device
from office.models.people import User


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def fitting(self, *, orang: User | None, jenis: str) -> "AccountEventQuerySet":
        """Return the events of this kind that concern the person or that the person caused; None and "" fit all."""
        found = self.filter(Q(about=orang) | Q(by=orang)) if orang else self
        return found.filter(kind=jenis) if jenis else found


class AccountEvent(models.Model):
    """One event: what, about whom or which device, by whom. `by` is empty when no account was signed in."""

    class Kind(models.TextChoices):
        ACCOUNT_ADDED = "account_added", "Akun dibuat"
        ACCOUNT_CHANGED = "account_changed", "Data akun diubah"
        EMAIL_CHANGED = "email_changed", "Alamat e-mail akun diubah"
        PASSWORD_SET = "password_set", "Kata sandi diatur orang lain"
        PASSWORD_CHANGED = "password_changed", "Kata sandi diganti pemiliknya"
        BROWSER_NEW = "browser_new", "Masuk dari peramban baru"
        SIGN_IN_PAUSED = "sign_in_paused", "Masuk ditunda: kata sandi salah"
        SIGN_IN_OPENED = "sign_in_opened", "Penundaan masuk dibuka"
        FACTOR_ON = "factor_on", "Langkah kedua dinyalakan"
        FACTOR_OFF = "factor_off", "Langkah kedua dimatikan pemiliknya"
        FACTOR_RESET = "factor_reset", "Langkah kedua diatur ulang orang lain"
        RECOVERY_USED = "recovery_used", "Masuk dengan kode cadangan"
        ROLE_GIVEN = "role_given", "Peran diberikan"
        ROLE_TAKEN = "role_taken", "Peran dicabut"
        HEAD_ENTERED = "head_entered", "Kepala kantor dicatat"
        HEAD_CHANGED = "head_changed", "Catatan Kepala kantor diubah"
        HEAD_REMOVED = "head_removed", "Catatan Kepala kantor dihapus"
        DEVICE_CODE = "device_code", "Kode pemasangan dibuat"
        DEVICE_PAIRED = "device_paired", "Perangkat dipasangkan"
        DEVICE_REVOKED = "device_revoked", "Perangkat dicabut"

    at = models.DateTimeField("waktu", default=timezone.now, db_index=True)
    kind = models.CharField("peristiwa", max_length=20, choices=Kind.choices)
    about = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tentang"
    )
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="perangkat"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="oleh")
    note = models.CharField("keterangan", max_length=300, blank=True)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        verbose_name = "peristiwa akun"
        verbose_name_plural = "peristiwa akun"
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    def save(self, *args: Any, **options: Any) -> None:
        """Save a new row. Raise TypeError for one that was saved before."""
        if not self._state.adding:
            raise TypeError("An event of accounts is never changed.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Raise TypeError: an event is never deleted."""
        raise TypeError("An event of accounts is never deleted.")

    @property
    def subject(self) -> str:
        """The person or the device that the event is about."""
        return str(self.about or self.device or "")

    @property
    def by_words(self) -> str:
        """Who caused the event. A pairing code is typed on a device where no account is signed in."""
        return str(self.by) if self.by else "tanpa masuk akun"
