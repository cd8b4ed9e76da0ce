"""The form for questions that Romantik asks and the paper form does not."""

from typing import Any

from django import forms

from office.fields import LineField
from recommendations.instruments.structure import Item
from recommendations.models import Submission
from recommendations.recording.forms.answers import AnswerField
from recommendations.romantik.rows import beside_items

LISTED = 10  # up to this many choices are listed on the page; more become a drop-down list


class RomantikForm(forms.Form):
    """One field for each question that the paper does not ask, and the number that Romantik gave the submission."""

    use_required_attribute = False

    reference = LineField(
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

    def extras(self) -> dict[str, Any]:
        """Return the answers to the questions that the paper does not ask, by id of the question."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reference"}


def _field(item: Item) -> AnswerField:
    """Return the field of a question. More than LISTED choices become a drop-down list.

    The page puts the label into a legend, so a field with a single control gets it as aria-label as well.
    """
    field = AnswerField(item)
    if len(item.choices) > LISTED:
        offered = [(choice.code, f"{choice.code} {choice.label}") for choice in item.choices]
        field.widget = forms.Select(choices=[("", "Belum dipilih"), *offered], attrs={"class": "form-select"})
    if len(item.choices) > LISTED or not item.choices:
        field.widget.attrs["aria-label"] = f"{item.reference} {item.label}" if not item.on_cover else item.label
    return field
