"""The forms of the Kepala: the numbers of a letter, and the reason for sending a submission back."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.fields import LineField, ParagraphsField

IDENTITY = re.compile(r"[VK]-[0-9]{2}\.[0-9]{4}\.[0-9]{3}")


class NumbersForm(forms.Form):
    """Both numbers, not required yet, for the draft that is shown while they are typed."""

    number = LineField(label="Nomor surat", max_length=100, required=False)
    identity_number = LineField(label="Identitas rekomendasi", max_length=13, required=False)

    def typed(self) -> dict[str, str]:
        """Return the typed numbers. A number that is not valid is ""."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class IssueForm(NumbersForm):
    """The numbers, required. The fields are on the page; the <form> that they belong to is in the dialog."""

    use_required_attribute = False  # the browser cannot show its message on a field behind the open dialog

    number = LineField(
        label="Nomor surat",
        max_length=100,
        help_text="Usulan berikutnya. Ganti bila nomor diambil dari register lain; nomor sisipan boleh.",
        error_messages={"required": "Isi nomor surat."},
    )
    identity_number = LineField(
        label="Identitas rekomendasi", max_length=13, error_messages={"required": "Isi identitas rekomendasi."}
    )

    def __init__(self, *args: Any, activity_letter: str, form_id: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.activity_letter = activity_letter
        self.fields[
            "identity_number"
        ].help_text = f"Bentuk {activity_letter}-26.6371.001. Ganti bila Romantik sudah memberi nomor."
        for field in self.fields.values():
            field.widget.attrs |= {"form": form_id, "autocomplete": "off", "spellcheck": "false"}

    def clean_identity_number(self) -> str:
        typed: str = self.cleaned_data["identity_number"].upper()
        if not IDENTITY.fullmatch(typed):
            raise ValidationError(f"Tulis seperti {self.activity_letter}-26.6371.001.")
        if not typed.startswith(self.activity_letter):
            raise ValidationError(f"Kegiatan ini bernomor {self.activity_letter}, bukan {typed[0]}.")
        return typed


class SendBackForm(forms.Form):
    """The reason why the Kepala sends a submission back. The officer reads it in the timeline."""

    reason = ParagraphsField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pengembalian."},
    )
