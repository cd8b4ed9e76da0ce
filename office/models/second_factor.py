"""The second step of a sign-in: a telephone that shows six digits, and codes for the day when it is lost."""

from django.db import models

from office.models.people import User


class SecondFactor(models.Model):
    """The telephone of one user. Its secret is sealed; it counts once a code of it was typed here."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "langkah kedua"
        verbose_name_plural = "langkah kedua"
        default_permissions = []

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code that replaces the telephone once. Only its digest is here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "kode cadangan"
        verbose_name_plural = "kode cadangan"
        default_permissions = []
        constraints = [models.UniqueConstraint(name="recovery_code_once", fields=["user", "digest"])]

    def __str__(self) -> str:
        return str(self.user)
