"""The forms of the Kepala: the numbers of a letter, and the reason for sending a submission back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from office.fields import LineField, ParagraphsField
from office.models import Office
from recommendations.letter.identities import read_identity
from recommendations.letter.numbers import example_of

OWN = "Usulan berikutnya dari register rekomendasi. Ganti bila perlu; nomor sisipan ditulis B-12.1."
RESERVED = "Berikutnya dari nomor yang dipesan pada register umum kantor."
COMMON = "Dari register umum kantor: minta nomor, lalu ketik di sini. Tidak ada nomor yang dipesan."


class NumbersForm(forms.Form):
    """Both numbers, not required yet, for the draft that is shown while they are typed."""

    number = LineField(label="Nomor surat", max_length=100, required=False)
    identity_number = LineField(label="Identitas rekomendasi", max_length=13, required=False)

    def typed(self) -> dict[str, str]:
        """Return the typed numbers. A number that is not valid is ""."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in NumbersForm.base_fields}


class IssueForm(NumbersForm):
    """The numbers, required. The fields are on the page; the <form> that they belong to is in the dialog.

    The reason is asked after the page has said what is unusual about a number.
    """

    use_required_attribute = False  # the browser cannot show its message on a field behind the open dialog

    number = LineField(label="Nomor surat", max_length=100, error_messages={"required": "Isi nomor surat."})
    identity_number = LineField(
        label="Identitas rekomendasi", max_length=13, error_messages={"required": "Isi identitas rekomendasi."}
    )
    number_reason = ParagraphsField(
        label="Alasan memakai nomor ini",
        max_length=400,
        required=False,
        help_text="Tersimpan pada register nomor.",
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        activity_letter: str,
        form_id: str,
        keeps_identity: bool = False,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.office, self.activity_letter = office, activity_letter
        self.warnings: dict[str, list[str]] = {}
        self.fields["number"].help_text = self._where_from()
        self.fields[
            "identity_number"
        ].help_text = f"Bentuk {activity_letter}-26.6371.001. Ganti bila Romantik sudah memberi nomor."
        if keeps_identity:
            self.fields["identity_number"].disabled = True
            self.fields["identity_number"].help_text = "Surat pengganti memakai identitas yang sama."
        if self["number_reason"].value():
            self._ask_reason()
        for field in self.fields.values():
            field.widget.attrs |= {"form": form_id, "autocomplete": "off", "spellcheck": "false"}

    def _where_from(self) -> str:
        if self.office.letter_register == Office.LetterRegister.OWN:
            return OWN
        return RESERVED if self.get_initial_for_field(self.fields["number"], "number") else COMMON

    def _ask_reason(self) -> None:
        attrs = self.fields["number_reason"].widget.attrs
        self.fields["number_reason"].widget = forms.Textarea(attrs=attrs | {"rows": 2})

    def tell(self, warnings: dict[str, list[str]]) -> None:
        """Show the warnings at their numbers, and the field for the reason."""
        self.warnings = warnings
        for name, sentences in warnings.items():
            for sentence in sentences:
                self.add_error(name, sentence)
        self._ask_reason()
        self.add_error("number_reason", "Bila nomor ini benar, tulis alasannya, lalu tekan Terbitkan surat lagi.")

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        today = timezone.localdate()
        number = self.office.numbering.read(typed, on=today)
        if number is None:
            raise ValidationError(
                f"Nomor {typed} tidak mengikuti pola kantor. Tulis seperti {example_of(self.office, today)}."
            )
        return self.office.numbering.write(number)

    def clean_identity_number(self) -> str:
        if self.fields["identity_number"].disabled:
            return str(self.cleaned_data["identity_number"])
        identity = read_identity(self.cleaned_data["identity_number"])
        if identity is None:
            raise ValidationError(f"Tulis seperti {self.activity_letter}-26.6371.001.")
        if identity.kind != self.activity_letter:
            raise ValidationError(f"Kegiatan ini bernomor {self.activity_letter}, bukan {identity.kind}.")
        return str(identity)


class SendBackForm(forms.Form):
    """The reason why the Kepala sends a submission back. The officer reads it in the timeline."""

    reason = ParagraphsField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pengembalian."},
    )
