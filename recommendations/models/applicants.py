"""The account of a contact person who acts for an agency, and the proof that its e-mail works."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from office.models import Mail, User
from recommendations.models.agencies import Agency

CODE_LASTS = timedelta(minutes=30)
LINK_LASTS = timedelta(days=3)
"""Longer than the code, so that the link still works in a mail that a server delayed overnight."""
TRIES = 5


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def visible_to(self, user: User) -> "ApplicantQuerySet":
        """Return all accounts for a user who may see submissions, otherwise none: they are personal data."""
        return self if user.has_perm("recommendations.view_submission") else self.none()

    def in_service(self) -> "ApplicantQuerySet":
        """Return the contacts who still act for their agency."""
        return self.filter(is_active=True)


class Applicant(models.Model):
    """An applicant's account: agency, contact person, e-mail, and the Romantik user name without its password."""

    class Way(models.TextChoices):
        CODE = "code", "dengan kode"
        LINK = "link", "lewat tautan pada e-mail"
        OTHER = "other", "lewat cara lain"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name="instansi", related_name="applicants")
    name = models.CharField("nama kontak", max_length=200)
    position = models.CharField("jabatan", max_length=200, blank=True)
    phone = models.CharField("nomor HP", max_length=32)  # in the form of office/phones.py
    email = models.EmailField("e-mail yang aktif")
    romantik_username = models.CharField("nama pengguna Romantik", max_length=100, blank=True)
    romantik_assisted_on = models.DateField("dibantu dibuatkan pada", null=True, blank=True)
    is_active = models.BooleanField("masih bertugas sebagai kontak", default=True)
    verified_email = models.EmailField("e-mail yang terbukti aktif", blank=True, editable=False)
    verified_at = models.DateTimeField("terbukti pada", null=True, blank=True, editable=False)
    verified_way = models.CharField(max_length=5, choices=Way.choices, blank=True, editable=False)
    verified_note = models.CharField(max_length=200, blank=True, editable=False)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = "akun pemohon"
        verbose_name_plural = "akun pemohon"
        ordering = ["agency__name", "name"]
        constraints = [
            models.UniqueConstraint("agency", Lower("email"), name="one_account_an_agency_and_email"),
            models.CheckConstraint(
                name="applicant_has_romantik_account",
                condition=~Q(romantik_username="") | Q(romantik_assisted_on__isnull=False),
                violation_error_message="Isi nama pengguna Romantik, atau tanggal akun dibantu dibuatkan.",
            ),
            models.CheckConstraint(
                name="verified_applicant_has_email_and_time",
                condition=Q(verified_email="", verified_at=None, verified_way="")
                | (~Q(verified_email="") & ~Q(verified_way="") & Q(verified_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="other_way_of_verifying_has_reason", condition=~Q(verified_way="other") | ~Q(verified_note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"

    @property
    def account(self) -> str:
        """Return the name of the account in events: its Romantik user name, else the e-mail."""
        return self.romantik_username or self.email

    @property
    def has_working_email(self) -> bool:
        """Return whether the present address is confirmed to reach this person (SK 019/KPA/2024, requirement 3)."""
        return bool(self.verified_at) and self.verified_email.lower() == self.email.lower()


class EmailCode(models.Model):
    """A code mailed to an applicant, who reads it out to the officer. Code and link are stored as digests only."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="codes")
    email = models.EmailField("dikirim ke")
    digest = models.CharField(max_length=64)
    link_digest = models.CharField(max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField("percobaan", default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "kode e-mail"
        verbose_name_plural = "kode e-mail"
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(name="code_has_few_tries", condition=Q(tries__lte=TRIES))]

    def __str__(self) -> str:
        return f"Kode untuk {self.email}"

    @property
    def code_until(self) -> datetime:
        return self.made_at + CODE_LASTS

    @property
    def is_open(self) -> bool:
        """Return whether the code has tries left and has not expired."""
        return self.tries < TRIES and timezone.now() < self.code_until

    @property
    def link_is_open(self) -> bool:
        return timezone.now() < self.made_at + LINK_LASTS
