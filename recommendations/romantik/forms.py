"""What Romantik asks and the form does not, answered beside it."""

from typing import Any

from django import forms

from recommendations.instruments.structure import Item
from recommendations.instruments.texts import tidy_line
from recommendations.models import Submission
from recommendations.recording.forms.answers import AnswerField
from recommendations.romantik.rows import beside_items

LISTED = 10  # as many codes as fit under each other; more are a list to choose from


class RomantikForm(forms.Form):
    """One field a question that is not asked on paper, and the number Romantik gave the submission."""

    use_required_attribute = False

    reference = forms.CharField(
        label="Nomor pengajuan di Romantik",
        max_length=100,
        required=False,
        help_text="Seperti tertulis di Romantik sesudah diajukan.",
        error_messages={"max_length": "Paling banyak 100 huruf. Tulis nomornya saja."},
    )

    def __init__(self, data: Any = None, *, submission: Submission):
        super().__init__(data, initial={"reference": submission.romantik_reference} | submission.romantik_extras)
        for item in beside_items(submission.instrument):
            self.fields[item.id] = _field(item)

    def clean_reference(self) -> str:
        return tidy_line(self.cleaned_data["reference"])

    def extras(self) -> dict[str, Any]:
        """The answers beside the form, by question."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reference"}


def _field(item: Item) -> AnswerField:
    """Its name stands in a legend, so a single control is told its name; many codes are a list to choose from."""
    field = AnswerField(item)
    if len(item.choices) > LISTED:
        offered = [(choice.code, f"{choice.code} {choice.label}") for choice in item.choices]
        field.widget = forms.Select(choices=[("", "Belum dipilih"), *offered], attrs={"class": "form-select"})
    if len(item.choices) > LISTED or not item.choices:
        field.widget.attrs["aria-label"] = f"{item.reference} {item.label}" if not item.on_cover else item.label
    return field
