"""The form that makes an officer responsible."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from office.fields import ParagraphsField, offer_rows, too_long_for
from office.models import User


class AssignForm(forms.Form):
    """The new officer and the reason. `seen` is the id of the responsible officer that the page showed."""

    use_required_attribute = False

    to = forms.ModelChoiceField(
        User.objects.none(),
        label="Alihkan kepada",
        empty_label="Pilih petugas",
        error_messages={
            "required": "Pilih petugas.",
            "invalid_choice": "Petugas itu tidak aktif lagi. Pilih yang lain.",
        },
    )
    reason = ParagraphsField(
        label="Alasan",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": too_long_for("Alasan")},
    )
    seen = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officers: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rows(self, "to", officers)
