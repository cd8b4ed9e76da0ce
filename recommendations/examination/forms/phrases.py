"""The admin's form for a phrase."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.fields import tidy_formfield
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Phrase


class PhraseForm(forms.ModelForm):
    """A phrase. Its item must be one of the chosen form; otherwise the phrase would never be offered."""

    class Meta:
        model = Phrase
        formfield_callback = tidy_formfield
        fields = ["text", "kind", "instrument_code", "item", "position", "is_active"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        facts = self.cleaned_data
        item, code = facts.get("item"), facts.get("instrument_code")
        if item and not code:
            raise ValidationError({"instrument_code": "Pilih formulirnya, karena isiannya disebut."})
        if item and code in INSTRUMENTS and not INSTRUMENTS[code].has_item(item):
            raise ValidationError({"item": f"{code} tidak mempunyai isian {item}."})
        return facts
