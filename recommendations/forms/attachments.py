"""The surat pengantar's facts, and a file to attach."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from recommendations.forms.dates import TypedDateField
from recommendations.instruments.structure import Instrument
from recommendations.uploads import BadFile, content_type_of, fitting_name

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"


class CoverLetterForm(forms.Form):
    """The surat pengantar carries what neither form asks: number, date, who signed."""

    use_required_attribute = False

    cover_number = forms.CharField(
        label="Nomor", max_length=100, error_messages={"required": "Tulis nomor surat pengantar."}
    )
    cover_date = TypedDateField(
        label="Tanggal",
        help_text="Seperti 28/02/2027.",
        error_messages={"required": "Tulis tanggal surat pengantar, seperti 28/02/2027."},
    )
    cover_signatory = forms.CharField(
        label="Penanda tangan",
        max_length=200,
        help_text="Jabatan dan nama, seperti tertulis.",
        error_messages={"required": "Tulis penanda tangan surat pengantar."},
    )


class AttachmentForm(forms.Form):
    """A file and what it is; `content_type` is read from its content."""

    use_required_attribute = False

    kind = forms.ChoiceField(label="Jenis lampiran", error_messages={"required": "Pilih jenis lampiran."})
    file = forms.FileField(
        label="Berkas",
        help_text="PDF, JPEG, PNG, DOCX, atau XLSX, paling besar 10 MB.",
        max_length=200,
        allow_empty_file=True,  # told by uploads, in its words
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "Pilih berkas yang akan dilampirkan.",
            "max_length": "Nama berkas terlalu panjang. Pendekkan lalu pilih lagi.",
        },
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.id, kind.label) for kind in instrument.attachments]
        self.content_type = ""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.content_type = content_type_of(file, size=file.size)
        except BadFile as problem:
            raise ValidationError(str(problem)) from None
        file.name = fitting_name(file.name, self.content_type)
        return file
