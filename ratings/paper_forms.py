"""The form that chooses a file of paper answers, and what its preview showed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from office.fields import ParagraphsField, TypedDateField, offer_rows
from office.models import Service
from office.seals import Shown
from office.texts import tidy_line
from ratings.instruments import SKM_9
from ratings.paper_answers import LARGEST, BadPaperAnswers, PaperAnswers, paper_answers_in


@dataclass(frozen=True)
class ShownPaper(Shown):
    """The answers that a preview showed, nine digits a respondent, signed: they are what the confirmation imports."""

    file_name: str = ""
    sha256: str = ""
    day: str = ""
    service: int = 0
    rows: str = ""

    @property
    def answers(self) -> list[dict[str, int]]:
        """The answers of each respondent, keyed by aspect."""
        return [dict(zip(SKM_9.keys, map(int, row), strict=True)) for row in self.rows.split()]

    @property
    def on(self) -> date:
        """The day of the answers. Only for a preview that was read."""
        return date.fromisoformat(self.day)


class PaperFileForm(forms.Form):
    """A CSV file with answers, the day on which they were given, and the service that they are about."""

    use_required_attribute = False

    file = forms.FileField(
        label="Berkas CSV",
        help_text=f"Kolom: {', '.join(SKM_9.keys)}. Satu responden sebaris, jawaban 1 sampai 4, paling besar 1 MB.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Pilih berkasnya."},
    )
    day = TypedDateField(
        label="Hari kuesioner diisi",
        help_text="Seperti 28/02/2027.",
        error_messages={"required": "Tulis hari kuesioner diisi, seperti 28/02/2027."},
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Layanan",
        empty_label="Pilih layanan",
        error_messages={"required": "Pilih layanannya.", "invalid_choice": "Pilih layanan dari daftar."},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rows(self, "service", Service.objects.order_by("position", "prefix"))

    def clean_file(self) -> UploadedFile:
        """Read the answers into `read`. Raise ValidationError with the rows that are wrong."""
        file: UploadedFile = self.cleaned_data["file"]
        content = file.read(LARGEST + 1)
        file.name = tidy_line(file.name or "")[-200:] or "kuesioner.csv"
        try:
            self.read: PaperAnswers = paper_answers_in(content, file.name)
        except BadPaperAnswers as wrong:
            raise ValidationError(str(wrong).splitlines()) from None
        if not self.read.respondents:
            raise ValidationError("Berkas ini tidak berisi jawaban responden.")
        return file

    @property
    def shown(self) -> ShownPaper:
        """What the preview shows. Only for a valid form."""
        facts = self.cleaned_data
        rows = " ".join("".join(str(one[key]) for key in SKM_9.keys) for one in self.read.respondents)
        return ShownPaper(
            facts["file"].name, self.read.fingerprint, facts["day"].isoformat(), facts["service"].pk, rows
        )


class TakeBackForm(forms.Form):
    """Why a batch is taken back."""

    use_required_attribute = False

    reason = ParagraphsField(
        label="Alasan ditarik",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": "Tulis alasannya.", "max_length": "Paling panjang 500 huruf."},
    )
