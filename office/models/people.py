"""The people of the office: staff who log in, and who heads the office at what time."""

from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class StaffManager(UserManager):
    """Who makes the first account at the terminal chose that password; everybody else got theirs from somebody."""

    def create_superuser(self, username: str, email: str | None = None, password: str | None = None, **facts) -> "User":
        return super().create_superuser(username, email, password, **{"must_change_password": False} | facts)


class User(AbstractUser):
    """A member of staff. One full name with titles: names are not split, and mononyms exist."""

    first_name = None
    last_name = None
    name = models.CharField("nama lengkap dengan gelar", max_length=150)
    nip = models.CharField(
        "NIP", max_length=18, blank=True, validators=[RegexValidator(r"^\d{18}$", "NIP berisi 18 angka.")]
    )
    must_change_password = models.BooleanField("harus mengganti kata sandi", default=True)

    REQUIRED_FIELDS = ["name", "email"]

    objects = StaffManager()

    class Meta:
        verbose_name = "pegawai"
        verbose_name_plural = "pegawai"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def initials(self) -> str:
        """The first letters of the first two words of the name, for the mark at the foot of the rail."""
        return "".join(word[0] for word in str(self).split()[:2]).upper()

    @property
    def role_names(self) -> list[str]:
        """The roles of this person in words, e.g. ["petugas"]."""
        return list(self.groups.order_by("name").values_list("name", flat=True))


class HeadQuerySet(models.QuerySet):
    def on(self, day: date) -> "HeadQuerySet":
        """Who may sign as Kepala on `day`."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), since_on__lte=day)


class Head(models.Model):
    """Who heads the office from when to when; a letter is signed by the head of its date, also years later."""

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
