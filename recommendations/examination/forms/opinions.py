"""The form for an opinion of the walidata."""

from typing import Any

from django import forms

from office.fields import LineField, ParagraphsField, TypedDateField
from recommendations.attachments.forms import OneFileForm
from recommendations.uploads import ACCEPTED, MAX_BYTES, shown_size


class OpinionForm(OneFileForm):
    """The author, date, text and file of an opinion."""

    use_required_attribute = False

    source = LineField(
        label="Pemberi pendapat",
        max_length=200,
        error_messages={"required": "Tulis siapa yang memberi pendapat."},
    )
    number = LineField(label="Nomor surat, bila ada", max_length=100, required=False)
    given_on = TypedDateField(
        label="Tanggal pendapat",
        help_text="Seperti 28/02/2027.",
        error_messages={"required": "Tulis tanggal pendapat, seperti 28/02/2027."},
    )
    text = ParagraphsField(
        label="Isi pendapat",
        max_length=2000,
        help_text="Ringkasnya, dengan kata walidata sendiri.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tulis isi pendapatnya."},
    )
    file = forms.FileField(
        label="Berkas",
        help_text=f"PDF, JPEG, PNG, DOCX, atau XLSX, paling besar {shown_size(MAX_BYTES)}.",
        allow_empty_file=True,  # `clean_file` refuses an empty file, with the words of recommendations/uploads
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Pilih berkas pendapatnya."},
    )

    def facts(self) -> dict[str, Any]:
        """Return the details for `note_opinion`. The form must be valid."""
        return self.cleaned_data | {"content_type": self.content_type}
