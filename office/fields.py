"""Form fields for text and dates, which tidy what was typed; choices set when the form is made; what an answer says.

The linter refuses Django's own text fields, and tests/test_text_fields.py opens every form and every page of the admin.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.http import QueryDict
from django.utils import timezone

from office.dates import BadDate, form_date, read_date
from office.phones import NotAPhone, stored_phone
from office.texts import tidy_line, tidy_paragraphs


class LineField(forms.CharField):
    """A text on one line. A text of spaces and invisible characters counts as empty."""

    def to_python(self, value: Any) -> str | None:
        return tidy_line(super().to_python(value) or "") or self.empty_value


class ParagraphsField(forms.CharField):
    """A text of several lines. A text of spaces and invisible characters counts as empty."""

    def to_python(self, value: Any) -> str | None:
        return tidy_paragraphs(super().to_python(value) or "") or self.empty_value


class EmailLineField(LineField, forms.EmailField):
    """An e-mail address, also when it was pasted with invisible characters."""


class WebAddressField(LineField, forms.URLField):
    """A web address, also when it was pasted with invisible characters."""


class PhoneField(LineField):
    """A telephone number of any country in the stored form; empty when it is not required and nothing was typed."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return stored_phone(typed) if typed else ""
        except NotAPhone as problem:
            raise ValidationError(str(problem)) from None


class TypedDateField(LineField):
    """A date such as 28/02/2027, 28-2-2027 or 28 Februari 2027. Only a field that `looks_ahead` takes a future day."""

    def __init__(self, *, looks_ahead: bool = False, widget: forms.Widget | None = None, **options: Any):
        self.looks_ahead = looks_ahead
        usual = forms.TextInput(attrs={"class": "mid", "inputmode": "text", "autocomplete": "off"})
        super().__init__(widget=widget or usual, max_length=40, **options)

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


TIDY: "dict[type[models.Field[Any, Any]], dict[str, Any]]" = {
    models.EmailField: {"form_class": EmailLineField},
    models.URLField: {"form_class": WebAddressField, "assume_scheme": "https"},
    models.CharField: {"form_class": LineField},
    models.TextField: {"form_class": ParagraphsField},
}
"""The `formfield_overrides` of every page of the admin that has text fields."""


def tidy_formfield(field: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    """Return the form field of a model field; a text field tidies. The `formfield_callback` of every ModelForm."""
    known = next((TIDY[kind] for kind in type(field).__mro__ if kind in TIDY), {})
    return field.formfield(**known | options)


def offer(form: BaseForm, name: str, choices: Iterable[tuple[str, str | list[tuple[str, str]]]]) -> None:
    """Set the choices, or groups of choices, of a field. Raise TypeError when it is not a ChoiceField."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = list(choices)


def offer_rows(form: BaseForm, name: str, rows: models.QuerySet[models.Model]) -> None:
    """Set the rows that a field offers. Raise TypeError when it is not a ModelChoiceField."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows


def show_instead(form: BaseForm, name: str, value: str) -> None:
    """Let the form show `value` in the field `name` instead of what was sent."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[name] = value
    form.data = data


class SuggestsToday(forms.Form):
    """A form whose field `today_field` suggests today, and which sends back with it on which day it was shown.

    A page that was opened on another day, and whose suggestion was left as it was, is shown again with what changed.
    """

    shown_on = forms.DateField(widget=forms.HiddenInput, required=False)

    today_field = ""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.update(dict.fromkeys([self.today_field, "shown_on"], timezone.localdate()))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.errors.pop("shown_on", None)  # an unreadable day is none
        today, shown_on = timezone.localdate(), self.cleaned_data.pop("shown_on", None)
        show_instead(self, self.add_prefix("shown_on"), today.isoformat())
        if shown_on not in (None, today) and self.cleaned_data.get(self.today_field) == shown_on:
            words = (
                f"Halaman ini dibuka {form_date(shown_on)}, kini {form_date(today)}. Periksa tanggalnya, lalu simpan."
            )
            self.add_error(self.today_field, words)
        return self.cleaned_data


def too_long(limit: int | str = "%(limit_value)s") -> str:
    """Return the message for a text longer than `limit`, as the page should write it. Django fills in the rest."""
    return f"Paling panjang {limit} huruf. Singkatkan; sekarang %(show_value)s huruf."


def too_long_for(name: str) -> str:
    """Return the message for a text that is too long. `name` says what it is: "Alasan". Django fills in the rest."""
    return f"{name} terlalu panjang: paling banyak %(limit_value)d huruf, kini %(show_value)d."


def answer_status(form: BaseForm) -> int:
    """Return the status of a page that shows the form: 422 when it was sent and is shown again, else 200."""
    return 422 if form.is_bound else 200


def first_error(form: BaseForm) -> str:
    """Return the first error of a form that is not valid."""
    return str(next(iter(form.errors.values()))[0])
