"""The admin's form for the profile of the office, and the filters of the events of accounts."""

from django import forms
from django.core.exceptions import ValidationError

from office.fields import tidy_formfield
from office.models import AccountEvent, Office, User
from office.phones import NotAPhone, check_phones


class OfficeForm(forms.ModelForm):
    """The telephone numbers of the profile, which stay as typed. The admin's page adds the other fields."""

    class Meta:
        model = Office
        fields = ["phone", "service_whatsapp", "complaint_whatsapp"]
        formfield_callback = tidy_formfield

    def clean_phone(self) -> str:
        return self._checked("phone")

    def clean_service_whatsapp(self) -> str:
        return self._checked("service_whatsapp")

    def clean_complaint_whatsapp(self) -> str:
        return self._checked("complaint_whatsapp")

    def _checked(self, name: str) -> str:
        typed: str = self.cleaned_data[name]
        try:
            check_phones(typed)
        except NotAPhone as problem:
            raise ValidationError(str(problem)) from None
        return typed


class AccountEventForm(forms.Form):
    """The filters of the list of events, as its address has them."""

    orang = forms.ModelChoiceField(
        User.objects.order_by("name", "pk"),
        label="Orang",
        required=False,
        empty_label="Semua",
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    jenis = forms.ChoiceField(
        label="Peristiwa",
        required=False,
        choices=[("", "Semua"), *AccountEvent.Kind.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
