"""The form that opens a submission."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from office.fields import LineField
from recommendations.agencies.forms.contacts import _ROMANTIK_RULE, ContactForm, _pair
from recommendations.agency_names import name_key
from recommendations.instruments import INSTRUMENTS


class SubmissionForm(ContactForm):
    """The agency, contact and Romantik account of the applicant, and the instrument (FS3 or FP-KPA)."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    instrument_code = forms.ChoiceField(
        label="Formulir yang dibawa",
        choices=[(form.code, f"{form.code}, {form.short_title}") for form in INSTRUMENTS.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih FS3 atau FP-KPA."},
    )
    agency_name = LineField(
        label="Instansi",
        max_length=200,
        help_text="Nama atau singkatannya. Pilih dari daftar bila sudah ada; nama lain menjadi instansi baru.",
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
        error_messages={"required": "Tulis nama instansi yang mengajukan."},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "form_token",
            Div(Fieldset("Permohonan", "instrument_code"), css_class="choices-auto"),
            Fieldset("Pemohon", "agency_name", _pair("name", "position"), _pair("phone", "email")),
            Fieldset("Akun Romantik", HTML(_ROMANTIK_RULE), _pair("romantik_username", "romantik_assisted_on")),
        )

    def clean_agency_name(self) -> str:
        name: str = self.cleaned_data["agency_name"]
        if not name_key(name):
            raise ValidationError("Tulis nama instansi yang mengajukan.")
        return name
