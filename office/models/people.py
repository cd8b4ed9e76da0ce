"""The people of the office: the staff who sign in, and the heads of the office with their dates."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Permission, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

ROLES_BACKEND = "django.contrib.auth.backends.ModelBackend"


class StaffManager(UserManager["User"]):
    """Create users. `createsuperuser` keeps the typed password; the field's default makes other users change theirs."""

    def with_perm(
        self,
        perm: str | Permission,
        is_active: bool = True,
        include_superusers: bool = True,
        backend: str | None = ROLES_BACKEND,
        obj: models.Model | None = None,
    ) -> "models.QuerySet[User]":
        """Return the users with this permission. Django asks for the backend, because a second one counts sign-ins."""
        return super().with_perm(perm, is_active, include_superusers, backend, obj)

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **facts: object
    ) -> "User":
        return super().create_superuser(username, email, password, **{"must_change_password": False} | facts)


class User(AbstractUser):
    """A member of staff. One field holds the full name with titles, because some people have only one name."""

    first_name = None  # type: ignore[assignment]  # Django's way to leave a field out; its types cannot say that
    last_name = None  # type: ignore[assignment]  # as above
    name = models.CharField("nama lengkap dengan gelar", max_length=150)
    nip = models.CharField(
        "NIP", max_length=18, blank=True, validators=[RegexValidator(r"^\d{18}$", "NIP berisi 18 angka.")]
    )
    nik = models.CharField(
        "NIK pada layanan tanda tangan",
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^\d{16}$", "NIK berisi 16 angka.")],
        help_text="Hanya untuk tanda tangan elektronik lewat layanan BSrE.",
    )
    must_change_password = models.BooleanField("harus mengganti kata sandi", default=True)
    password_set_at = models.DateTimeField("kata sandi diatur pada", null=True, blank=True, editable=False)
    password_set_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="kata sandi diatur oleh",
    )

    REQUIRED_FIELDS = ["name", "email"]

    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        verbose_name = "pegawai"
        verbose_name_plural = "pegawai"

    def __str__(self) -> str:
        return self.name or self.username

    def set_password(self, raw_password: str | None) -> None:
        """Set the password, and since when it is so."""
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def password_ends_at(self) -> datetime | None:
        """When a password that its owner has to change stops opening the desk; None for every other password."""
        if not (self.must_change_password and self.password_set_at):
            return None
        return self.password_set_at + timedelta(hours=settings.TEMPORARY_PASSWORD_HOURS)

    @property
    def initials(self) -> str:
        """The first letters of the first two words of the name, shown at the foot of the side menu."""
        return "".join(word[0] for word in str(self).split()[:2]).upper()

    @property
    def role_names(self) -> list[str]:
        """The names of this person's roles, e.g. ["petugas"]."""
        return list(self.groups.order_by("name").values_list("name", flat=True))


class HeadQuerySet(models.QuerySet["Head"]):
    def on(self, day: date) -> "HeadQuerySet":
        """Return the rows of those who head the office on `day`."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), since_on__lte=day)


class Head(models.Model):
    """A period in which a user heads the office, first and last day included. Beside the head there may be a Plh."""

    class Capacity(models.TextChoices):
        KEPALA = "", "Kepala"
        PLT = "Plt.", "Pelaksana tugas (Plt.)"
        PLH = "Plh.", "Pelaksana harian (Plh.)"

    user = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="pegawai", related_name="headships")
    capacity = models.CharField(
        "kedudukan", max_length=4, choices=Capacity.choices, default=Capacity.KEPALA, blank=True
    )
    since_on = models.DateField("sejak")
    until_on = models.DateField("sampai dengan", null=True, blank=True)

    objects = HeadQuerySet.as_manager()

    class Meta:
        verbose_name = "Kepala kantor"
        verbose_name_plural = "Kepala kantor"
        ordering = ["-since_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="head_until_after_since",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("since_on")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} {self.user}"

    def clean(self) -> None:
        """Raise ValidationError when another Kepala or Plt. heads the office on one of these days."""
        if self.capacity == self.Capacity.PLH or not self.since_on:
            return
        others = Head.objects.exclude(pk=self.pk).exclude(capacity=self.Capacity.PLH)
        same_days = others.filter(Q(until_on=None) | Q(until_on__gte=self.since_on))
        if self.until_on:
            same_days = same_days.filter(since_on__lte=self.until_on)
        if other := same_days.select_related("user").first():
            raise ValidationError(
                f"{other} sudah tercatat pada sebagian tanggal ini. Isi “sampai dengan” padanya lebih dahulu, "
                "atau pilih Plh."
            )
