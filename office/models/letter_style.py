"""How the office words and lays out its letter of recommendation. One row, made when the office first changes it."""

from base64 import b64encode
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from office import letter_sentences as standard
from office.letter_sentences import BadSentence, Inserts, check_duties, check_sentence

LEAST_WIDTH, PAPER_WIDTH = 150, 210
"""In mm: what the text keeps of A4 beside its margins."""


def _or_invalid(check: Callable[[], None]) -> None:
    try:
        check()
    except BadSentence as wrong:
        raise ValidationError(str(wrong)) from None


def _validate(sentence: str, inserts: Inserts) -> None:
    _or_invalid(lambda: check_sentence(sentence, inserts))


def validate_subject(text: str) -> None:
    """Raise ValidationError unless the subject has only inserts that it may have."""
    _validate(text, standard.IN_SUBJECT)


def validate_opening(text: str) -> None:
    """Raise ValidationError unless the opening has the inserts that it must have, and no unknown ones."""
    _validate(text, standard.IN_OPENING)


def validate_sentence(text: str) -> None:
    """Raise ValidationError unless the sentence has only inserts that it may have."""
    _validate(text, standard.IN_OTHERS)


def validate_duties(text: str) -> None:
    """Raise ValidationError unless each line is a duty."""
    _or_invalid(lambda: check_duties(text))


class LetterStyleManager(models.Manager["LetterStyle"]):
    def current(self) -> "LetterStyle":
        """Return the style of this office, or a new one with the standard words when nothing was changed."""
        return self.filter(pk=LetterStyle.ONLY).first() or LetterStyle(pk=LetterStyle.ONLY)


def _margin(name: str, default: int, least: int, most: int) -> "models.PositiveSmallIntegerField[int, int]":
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(name, default=default, validators=limits)


class LetterStyle(models.Model):
    """The words of the letter that are the office's own, its logo, its font and its margins (mm)."""

    class Font(models.TextChoices):
        SANS = "Liberation Sans", "Liberation Sans (seperti Arial)"
        SERIF = "Liberation Serif", "Liberation Serif (seperti Times New Roman)"

    ONLY = 1

    nature = models.CharField("sifat", max_length=40, default="Biasa")
    subject = models.CharField("hal", max_length=200, default=standard.SUBJECT, validators=[validate_subject])
    opening = models.CharField("pembuka, FS3", max_length=2000, default=standard.OPENING, validators=[validate_opening])
    duties = models.TextField("kewajiban, FS3", max_length=3000, default=standard.DUTIES, validators=[validate_duties])
    compilation_opening = models.CharField(
        "pembuka, FP-KPA", max_length=2000, default=standard.OPENING, validators=[validate_opening]
    )
    compilation_duties = models.TextField(
        "kewajiban, FP-KPA", max_length=3000, default=standard.DUTIES, validators=[validate_duties]
    )
    request = models.CharField(
        "kalimat permohonan", max_length=300, default=standard.REQUEST, validators=[validate_sentence]
    )
    closing = models.CharField("penutup", max_length=500, default=standard.CLOSING, validators=[validate_sentence])
    logo = models.BinaryField("logo", default=bytes, blank=True)
    """A small PNG, made by uploads/child/logos.py from what was uploaded. Each letter has its own copy."""
    font = models.CharField("huruf", max_length=20, choices=Font.choices, default=Font.SANS)
    margin_top = _margin("tepi atas (mm)", 18, 12, 50)
    margin_right = _margin("tepi kanan (mm)", 22, 15, 35)
    margin_bottom = _margin("tepi bawah (mm)", 24, 20, 40)
    margin_left = _margin("tepi kiri (mm)", 28, 20, 40)

    objects = LetterStyleManager()

    class Meta:
        verbose_name = "kata dan tata letak surat"
        verbose_name_plural = "kata dan tata letak surat"
        default_permissions = []
        constraints = [models.CheckConstraint(name="one_letter_style", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return "Kata dan tata letak surat"

    def clean(self) -> None:
        """Raise ValidationError when the margins leave too little width for the text."""
        most = PAPER_WIDTH - LEAST_WIDTH
        if (self.margin_left or 0) + (self.margin_right or 0) > most:
            raise ValidationError({"margin_left": f"Tepi kiri dan kanan bersama-sama paling banyak {most} mm."})

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Return the margins in the order of CSS: top, right, bottom, left."""
        return self.margin_top, self.margin_right, self.margin_bottom, self.margin_left

    @property
    def logo_uri(self) -> str:
        """Return the logo as a data: URI, or "" without one."""
        return f"data:image/png;base64,{b64encode(self.logo).decode()}" if self.logo else ""
