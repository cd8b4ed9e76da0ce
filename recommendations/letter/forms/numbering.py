"""The forms of the register of numbers: which one is shown, and a range that is explained or reserved."""

from typing import Any

from django import forms
from django.utils import timezone

from office.fields import LineField, ParagraphsField, offer
from office.filter_forms import SELECT, FilterForm
from office.letter_patterns import HIGHEST_RUNNING
from office.models import Office
from recommendations.models import RegisterNumber

WHOLE = {"invalid": "Tulis nomor urut saja, mis. 12.", "required": "Isi nomor urut."}


class RegisterForm(FilterForm):
    """The register, the year and the words searched, from the address. A value that is no choice is ignored."""

    register = forms.ChoiceField(
        label="Register", required=False, choices=RegisterNumber.Register.choices, widget=forms.Select(attrs=SELECT)
    )
    tahun = forms.ChoiceField(label="Tahun", required=False, widget=forms.Select(attrs=SELECT))
    cari = LineField(required=False, max_length=200)

    def __init__(self, *args: Any, office: Office, **options: Any):
        super().__init__(*args, **options)
        this_year = timezone.localdate().year
        years = {this_year, *RegisterNumber.objects.order_by().values_list("year", flat=True).distinct()}
        offer(self, "tahun", [(str(year), str(year)) for year in sorted(years, reverse=True)])
        self.defaults = {"register": office.letter_register, "tahun": str(this_year), "cari": ""}

    @property
    def wanted(self) -> dict[str, Any]:
        """The valid values, with the office's register of letters and this year where there is none."""
        return self.defaults | super().wanted


class RangeForm(forms.Form):
    """A range of running numbers of one year, and the reason."""

    year = forms.IntegerField(min_value=2000, max_value=2199, widget=forms.HiddenInput)
    first = forms.IntegerField(label="Dari nomor urut", min_value=1, max_value=HIGHEST_RUNNING, error_messages=WHOLE)
    last = forms.IntegerField(label="Sampai nomor urut", min_value=1, max_value=HIGHEST_RUNNING, error_messages=WHOLE)
    reason = ParagraphsField(label="Alasan", max_length=400, error_messages={"required": "Tulis alasannya."})

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if {"first", "last"} <= typed.keys() and typed["last"] < typed["first"]:
            raise forms.ValidationError("Nomor terakhir lebih kecil daripada nomor pertama.")
        return typed


class VoidForm(RangeForm):
    """The numbers of a register that no letter has."""

    register = forms.ChoiceField(choices=RegisterNumber.Register.choices, widget=forms.HiddenInput)
