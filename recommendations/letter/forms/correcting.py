"""The form that corrects one answer of the frozen round."""

from typing import Any

from django import forms

from office.fields import LineField
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.structure import Item
from recommendations.recording.forms.answers import AnswerField


class CorrectAnswerForm(forms.Form):
    """The corrected answer, the reason, and the fingerprint of the answer that the page showed."""

    use_required_attribute = False

    shown = LineField(widget=forms.HiddenInput, required=False)
    reason = LineField(
        label="Sebab",
        max_length=300,
        help_text="Terbaca pada riwayat dan oleh Kepala sebelum surat pengganti terbit.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Tulis sebabnya, contoh: salah ketik saat merekam."},
    )

    def __init__(self, *args: Any, item: Item, current: Any, **kwargs: Any):
        super().__init__(*args, **kwargs | {"initial": {item.id: current, "shown": fingerprint(item, current)}})
        self.item = item
        self.fields[item.id] = AnswerField(item)
        self.order_fields([item.id, "reason", "shown"])

    @property
    def answer(self) -> Any:
        """Return the field of the answer, for the template."""
        return self[self.item.id]

    def typed(self) -> dict[str, Any]:
        """Return the details for `correct_answer`. Call when the form is valid."""
        facts = {name: self.cleaned_data[name] for name in ("reason", "shown")}
        return facts | {"item_id": self.item.id, "answer": self.cleaned_data[self.item.id]}
