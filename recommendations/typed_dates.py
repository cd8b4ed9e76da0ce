"""A form field for a date as Indonesians type it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from office.fields import LineField
from recommendations.instruments.dates import BadDate, form_date, read_date


class TypedDateField(LineField):
    """A date such as 28/02/2027, 28-2-2027 or 28 Februari 2027. Only a field that `looks_ahead` takes a future day."""

    def __init__(self, *, looks_ahead: bool = False, **options: Any):
        self.looks_ahead = looks_ahead
        widget = forms.TextInput(attrs={"class": "mid", "inputmode": "text", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, **options)

    def prepare_value(self, value: Any) -> Any:
        return form_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            day = read_date(text)
        except BadDate as problem:
            raise ValidationError(str(problem)) from None
        if day > timezone.localdate() and not self.looks_ahead:
            raise ValidationError(f"Tanggal {form_date(day)} belum tiba. Tulis tanggal hari ini atau sebelumnya.")
        return day
