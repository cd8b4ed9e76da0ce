"""The sign-in, the admin's form for the profile of the office, and the filters of the events of accounts."""

import math

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone

from office.fields import tidy_formfield
from office.formats import clock
from office.lock_out import account_key, paused_until
from office.models import AccountEvent, Office, User
from office.phones import NotAPhone, check_phones


class SignInForm(AuthenticationForm):
    """Name and password of a member of staff."""

    def get_invalid_login_error(self) -> ValidationError:
        """Return why the sign-in was refused. A pause has the same words for a name that no account has."""
        until = self.request and paused_until(account_key(self.request, {"username": self.cleaned_data["username"]}))
        if not until:
            return super().get_invalid_login_error()
        minutes = math.ceil((until - timezone.now()).total_seconds() / 60)
        return ValidationError(
            f"Terlalu sering kata sandi yang salah. Coba lagi {minutes} menit lagi, pukul {clock(until)}. "
            "Admin kantor dapat membukanya lebih cepat.",
            code="sign_in_paused",
        )

    def confirm_login_allowed(self, user: User) -> None:
        """Raise ValidationError for an inactive account, and for a password set by another that has ended."""
        super().confirm_login_allowed(user)
        # an older hash was renewed a moment ago, so the user in memory has a newer time
        stored = User.objects.select_related("password_set_by").get(pk=user.pk)
        if stored.password_ends_at and stored.password_ends_at <= timezone.now():
            raise ValidationError(
                f"Kata sandi sementara ini sudah berakhir: berlaku {settings.TEMPORARY_PASSWORD_HOURS} jam. "
                f"Minta yang baru kepada {stored.password_set_by or 'admin kantor'}.",
                code="password_ended",
            )


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
