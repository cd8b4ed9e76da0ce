"""The form for an opinion of the walidata."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from office.fields import LineField, ParagraphsField, TypedDateField
from recommendations.attachments.forms import checked
from recommendations.uploads import ACCEPTED, MAX_BYTES, BadFile, shown_size


class OpinionForm(forms.Form):
    """The author, date, text and file of an opinion. A valid form has `content_type`, the type of the file."""

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

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.content_type = checked(file)
        except BadFile as problem:
            raise ValidationError(str(problem)) from None
        return file

    def facts(self) -> dict[str, Any]:
        """Return the details for `note_opinion`. The form must be valid."""
        return self.cleaned_data | {"content_type": self.content_type}
