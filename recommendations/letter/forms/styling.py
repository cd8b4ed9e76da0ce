"""The form for the office's own words and layout of the letter."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from office import letter_sentences as standard
from office.cache import cached
from office.fields import show_instead, tidy_formfield
from office.models import LetterStyle
from office.paper_fonts import unprintable_characters
from recommendations.instruments.texts import character_name, listed
from recommendations.letter.style_seal import ShownStyle
from recommendations.uploads import BadFile, shown_size
from recommendations.uploads.checks import MOST_LOGO, printed_logo

TEXTS = ("subject", "opening", "duties", "compilation_opening", "compilation_duties", "request", "closing")
"""The fields with standard words, to which each can be set back."""
MARGINS = ("margin_top", "margin_bottom", "margin_left", "margin_right")
KEPT_FOR = 15 * 60
INPUTS: dict[type, str] = {forms.Select: "form-select", forms.CheckboxInput: "form-check-input"}


class LetterStyleForm(forms.ModelForm):
    """Words, logo, font and margins. A valid form has the changed style in `instance`; nothing is saved."""

    use_required_attribute = False

    new_logo = forms.FileField(
        label="Logo",
        required=False,
        allow_empty_file=True,  # uploads refuses it with its own message
        help_text=f"PNG atau JPEG, paling besar {shown_size(MOST_LOGO)}. Dicetak 20 mm di kiri kop.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    no_logo = forms.BooleanField(label="Tanpa logo", required=False)

    class Meta:
        model = LetterStyle
        fields = ["nature", *TEXTS, "font", *MARGINS]
        formfield_callback = tidy_formfield
        widgets = {
            "opening": forms.Textarea(attrs={"rows": 8}),
            "compilation_opening": forms.Textarea(attrs={"rows": 8}),
            "duties": forms.Textarea(attrs={"rows": 7}),
            "compilation_duties": forms.Textarea(attrs={"rows": 7}),
            "request": forms.Textarea(attrs={"rows": 2}),
            "closing": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "nature": "Misalnya Biasa, Segera, atau Penting.",
            "subject": "{judul} mencetak judul kegiatan.",
            "opening": f"Sisipan: {standard.IN_OPENING.words}. Cetak tebal: {{layak}}.",
            "compilation_opening": f"Sisipan: {standard.IN_OPENING.words}. Cetak tebal: {{layak}}.",
            "duties": f"Satu per baris. Sisipan: {standard.IN_DUTIES.words}. Baris yang diawali "
            f"{standard.IF_REMARKS} hanya dicetak bila ada catatan.",
            "compilation_duties": f"Satu per baris. Sisipan: {standard.IN_DUTIES.words}.",
            "request": f"Sebelum kewajiban. Sisipan: {standard.IN_OTHERS.words}.",
            "margin_bottom": "Dengan TTE paling sedikit 24.",
            "closing": f"Sesudah kewajiban. Sisipan: {standard.IN_OTHERS.words}.",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = INPUTS.get(type(field.widget), "form-control")
            field.error_messages["required"] = "Isi dulu."
            if name in MARGINS:
                field.error_messages["invalid"] = "Tulis bilangan bulat, dalam mm."
            field.widget.attrs |= {"class": kind, "aria-describedby": f"pesan-{name}", "autocomplete": "off"}

    def clean_new_logo(self) -> bytes:
        file: UploadedFile | None = self.cleaned_data["new_logo"]
        if file is None:
            return b""
        content = file.read(MOST_LOGO + 1)
        key = f"logo-{hashlib.sha256(content).hexdigest()}"
        try:
            return cached(key, lambda: printed_logo(content), seconds=KEPT_FOR)
        except BadFile as problem:
            raise ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        """Give the instance its logo. Name at each text the characters that no font of paper has."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("nature", *TEXTS):
            if characters := unprintable_characters(cleaned.get(name, "")):
                told = listed([character_name(character) for character in characters])
                self.add_error(name, f"Surat tidak dapat mencetak tanda ini: {told}.")
        if cleaned.get("new_logo"):
            self.instance.logo = cleaned["new_logo"]
        elif cleaned.get("no_logo"):
            self.instance.logo = b""
        return cleaned

    def beside(self, now: LetterStyle, shown: ShownStyle) -> "LetterStyleForm":
        """Return the form for the style as it is `now`. Only for a valid form.

        What was typed stays; a field that was left as it was `shown` has the newer value. A logo is chosen again.
        """
        for name in shown.untouched(self.instance, self._meta.fields or []):
            show_instead(self, name, str(getattr(now, name)))
        return LetterStyleForm(self.data, instance=now)


def standard_text(name: str) -> str:
    """Return the standard words of a field of TEXTS."""
    return str(getattr(LetterStyle(), name))
