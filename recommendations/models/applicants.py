"""Who applies: the agency, and the person who acts for it (the account)."""

from django.db import models
from django.db.models import Q


class Agency(models.Model):
    """A government body. Names change: it is renamed, never deleted, because old letters name it."""

    name = models.CharField("nama instansi", max_length=200, unique=True)
    place = models.CharField("tempat", max_length=60, default="Banjarmasin")
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "instansi"
        verbose_name_plural = "instansi"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Applicant(models.Model):
    """An applicant account: agency, contact person, working e-mail, and the Romantik account. Never a password."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name="instansi", related_name="applicants")
    name = models.CharField("nama kontak", max_length=200)
    position = models.CharField("jabatan", max_length=200, blank=True)
    phone = models.CharField("nomor HP", max_length=20)  # E.164
    email = models.EmailField("e-mail yang aktif")
    romantik_username = models.CharField("nama pengguna Romantik", max_length=100, blank=True)
    romantik_assisted_on = models.DateField("dibantu dibuatkan pada", null=True, blank=True)

    class Meta:
        verbose_name = "akun pemohon"
        verbose_name_plural = "akun pemohon"
        ordering = ["agency__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "email"], name="one_account_an_agency_and_email"),
            models.CheckConstraint(
                name="applicant_has_romantik_account",
                condition=~Q(romantik_username="") | Q(romantik_assisted_on__isnull=False),
                violation_error_message="Isi nama pengguna Romantik, atau tanggal akun dibantu dibuatkan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"

    @property
    def account(self) -> str:
        """How the account is named in events: its Romantik user name, else the e-mail."""
        return self.romantik_username or self.email
