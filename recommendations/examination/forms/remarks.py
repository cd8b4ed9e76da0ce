"""The form for a remark on one item of the examined round."""

from django import forms

from office.fields import LineField, ParagraphsField, too_long_for
from recommendations.models import Remark


class RemarkForm(forms.Form):
    """A remark. An empty text deletes it."""

    item = LineField(max_length=40, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Remark.Kind.choices, initial=Remark.Kind.CORRECTION)
    text = ParagraphsField(
        max_length=2000,
        required=False,
        error_messages={"max_length": too_long_for("Catatan")},
    )
