"""Ending a submission without a letter."""

from django import forms


class CancelForm(forms.Form):
    """Why a submission ends without a letter."""

    reason = forms.CharField(
        label="Alasan",
        max_length=450,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pembatalan, lalu batalkan lagi."},
    )
