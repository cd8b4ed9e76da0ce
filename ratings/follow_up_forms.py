"""The forms of the follow-up plan: write a measure, finish it with its proof, and open it again."""

from typing import Any

from django import forms

from office.fields import ParagraphsField, SuggestsToday, TypedDateField, offer_rows, too_long
from office.models import User
from ratings.follow_up_models import FollowUp
from ratings.follow_up_notices import may_be_responsible
from recommendations.attachments.forms import OneFileForm
from recommendations.uploads import ACCEPTED, MAX_BYTES, shown_size

TOO_LONG = too_long("2.000")


class FollowUpForm(forms.Form):
    """What is done, who does it, and until when."""

    use_required_attribute = False

    action = ParagraphsField(
        label="Yang akan dilakukan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": "Tulis apa yang akan dilakukan.", "max_length": TOO_LONG},
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(),
        label="Penanggung jawab",
        empty_label="Pilih pegawai",
        error_messages={"required": "Pilih penanggung jawabnya.", "invalid_choice": "Pilih pegawai dari daftar."},
    )
    due_on = TypedDateField(
        label="Selesai paling lambat",
        help_text="Seperti 28/02/2027.",
        looks_ahead=True,
        error_messages={"required": "Tulis kapan tindak lanjutnya selesai, seperti 28/02/2027."},
    )

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any):
        names = ("action", "responsible", "due_on")
        super().__init__(*args, **kwargs | {"initial": {name: getattr(follow_up, name) for name in names}})
        offer_rows(self, "responsible", may_be_responsible())

    @property
    def facts(self) -> dict[str, Any]:
        """The details of `write_follow_up`. Only for a valid form."""
        return self.cleaned_data


class ProofForm(SuggestsToday, OneFileForm):
    """When the measure was finished, and what proves it: a text, a file, or both."""

    use_required_attribute = False
    today_field = "done_on"

    done_on = TypedDateField(
        label="Selesai pada",
        help_text="Seperti 28/02/2027.",
        error_messages={"required": "Tulis kapan selesai, seperti 28/02/2027."},
    )
    proof = ParagraphsField(
        label="Bukti",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )
    file = forms.FileField(
        label="Berkas bukti, boleh dikosongkan",
        required=False,
        help_text=f"PDF, JPEG, PNG, DOCX, atau XLSX, paling besar {shown_size(MAX_BYTES)}.",
        allow_empty_file=True,  # `clean_file` refuses an empty file, with the words of recommendations/uploads
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean(self) -> dict[str, Any]:
        """Require a text or a file."""
        super().clean()
        if not (self.cleaned_data.get("proof") or self.cleaned_data.get("file") or self.errors):
            self.add_error("proof", "Tulis buktinya, atau pilih berkas bukti.")
        return self.cleaned_data

    @property
    def facts(self) -> dict[str, Any]:
        """The details of `finish_follow_up`. Only for a valid form."""
        return self.cleaned_data | {"content_type": self.content_type}


class ReopenForm(forms.Form):
    """Why a finished measure is opened again."""

    use_required_attribute = False

    reason = ParagraphsField(
        label="Mengapa buktinya keliru",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": "Tulis alasannya.", "max_length": TOO_LONG},
    )

    @property
    def facts(self) -> dict[str, Any]:
        """The details of `reopen_follow_up`. Only for a valid form."""
        return self.cleaned_data
