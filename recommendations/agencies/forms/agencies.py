"""Forms for the names and facts of an agency."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.fields import LineField, tidy_formfield, too_long
from recommendations.agency_names import name_key, suggested_addressee
from recommendations.models import Agency

TOO_LONG = too_long()


def with_letters(name: str) -> str:
    """Return the name. Raise ValidationError when the name has neither a letter nor a digit."""
    if not name_key(name):
        raise ValidationError("Tulis namanya dengan huruf.")
    return name


class AgencyForm(forms.ModelForm):
    """The official name, short form, kind and other facts of an agency."""

    use_required_attribute = False

    class Meta:
        model = Agency
        formfield_callback = tidy_formfield
        fields = ["name", "short", "kind", "code", "addressed_to", "place", "is_government", "needs_check", "is_active"]
        help_texts = {
            "name": "Seperti pada kop surat. Nama sebelumnya tetap dapat dicari; surat yang sudah terbit tetap.",
            "addressed_to": "Siapa yang dituju surat, tanpa Yth. Kosong: menurut nama instansi.",
            "place": "Tempat pada alamat surat.",
        }
        error_messages = {
            "name": {"required": "Tulis nama resmi instansi.", "max_length": TOO_LONG},
            "short": {"max_length": TOO_LONG},
            "addressed_to": {"max_length": TOO_LONG},
            "place": {"required": "Tulis tempatnya, misalnya Banjarmasin."},
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.name:
            self.fields["addressed_to"].widget.attrs["placeholder"] = suggested_addressee(self.instance.name)

    def clean_name(self) -> str:
        return with_letters(self.cleaned_data["name"])

    def clean_short(self) -> str:
        return with_letters(self.cleaned_data["short"]) if self.cleaned_data["short"] else ""

    def validate_unique(self) -> None:
        """Do nothing: the action compares names, because it knows the aliases too."""

    def validate_constraints(self) -> None:
        """Do nothing, for the same reason."""


class AliasForm(forms.Form):
    """Another name of an agency."""

    use_required_attribute = False

    name = LineField(
        label="Nama lain atau singkatan",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Tulis nama lain itu.", "max_length": TOO_LONG},
    )

    def clean_name(self) -> str:
        return with_letters(self.cleaned_data["name"])


class GovernmentForm(forms.Form):
    """Whether an agency is a government body."""

    is_government = forms.BooleanField(required=False)
