"""The form that cancels a submission."""

from django import forms

from office.fields import ParagraphsField


class CancelForm(forms.Form):
    """The reason for cancelling."""

    reason = ParagraphsField(
        label="Alasan",
        max_length=450,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pembatalan, lalu batalkan lagi."},
    )
