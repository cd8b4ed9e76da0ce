"""The registers of numbers: each number of a letter or a recommendation, used, void or reserved, once a year."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.models.letters import Letter


class RegisterNumberQuerySet(models.QuerySet["RegisterNumber"]):
    def in_series_of(self, place: "RegisterNumber") -> "RegisterNumberQuerySet":
        """Return the numbers of the same series. Both registers of letters are one series: they look alike on paper."""
        letters, registers = RegisterNumber.LETTERS, [place.register]
        return self.filter(
            register__in=letters if place.register in letters else registers, satker=place.satker, year=place.year
        )

    def of_place(self, place: "RegisterNumber") -> "RegisterNumber | None":
        """Return the row of the same number, also when it was typed in another spelling; None when it is free."""
        return self.in_series_of(place).filter(running=place.running, insertion=place.insertion).first()

    def whole(self) -> "RegisterNumberQuerySet":
        """Return the numbers that are not inserted between two others."""
        return self.filter(insertion=0)

    def highest(self) -> int:
        """Return the highest running number; 0 when there is none."""
        return self.aggregate(last=models.Max("running"))["last"] or 0


class RegisterNumber(models.Model):
    """One number of a register. Without a letter it is void or reserved, with the reason."""

    class Register(models.TextChoices):
        OWN = "own", "Surat, register sendiri"
        COMMON = "common", "Surat, register umum kantor"
        SURVEY = "v", "Identitas survei (V)"
        COMPILATION = "k", "Identitas kompilasi (K)"

    class State(models.TextChoices):
        USED = "used", "Dipakai"
        VOID = "void", "Batal"
        RESERVED = "reserved", "Dipesan"

    LETTERS = (Register.OWN, Register.COMMON)
    """The registers of letter numbers; the values are those of Office.LetterRegister."""
    IDENTITIES = (Register.SURVEY, Register.COMPILATION)

    register = models.CharField("register", max_length=10, choices=Register.choices)
    satker = models.CharField("kode satker", max_length=4)
    year = models.PositiveSmallIntegerField("tahun")
    running = models.PositiveIntegerField("nomor urut")
    insertion = models.PositiveSmallIntegerField("nomor sisipan", default=0)
    state = models.CharField("keadaan", max_length=10, choices=State.choices)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="numbers", verbose_name="surat"
    )
    told = models.CharField("yang diberitahukan", max_length=500, blank=True)
    """The warnings that the page showed before the number was taken."""
    reason = models.CharField("alasan", max_length=900, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("pada", default=timezone.now)

    objects = RegisterNumberQuerySet.as_manager()

    class Meta:
        verbose_name = "nomor register"
        verbose_name_plural = "nomor register"
        default_permissions = []
        ordering = ["year", "satker", "running", "insertion"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "satker", "year", "running", "insertion"], name="one_number_a_register_and_year"
            ),
            models.UniqueConstraint(fields=["letter", "register"], name="one_number_a_letter_and_register"),
            models.CheckConstraint(
                name="used_number_has_letter_others_a_reason",
                condition=Q(state="used", letter__isnull=False) | (~Q(state="used") & Q(letter=None) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="running_number_from_one", condition=Q(running__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.running}.{self.insertion}" if self.insertion else str(self.running)

    @property
    def is_used(self) -> bool:
        return self.state == self.State.USED

    @property
    def is_reserved(self) -> bool:
        return self.state == self.State.RESERVED
