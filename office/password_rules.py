"""The office's own rule for a new password, beside Django's."""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError


class NotThePresentPassword:
    """Refuses the password that the account has now, so that a change of the password is one."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for the present password. An account that is being made has none."""
        if user and user.password and check_password(password, user.password):
            raise ValidationError("Ini kata sandi yang sekarang. Pilih yang lain.", code="password_present")

    def get_help_text(self) -> str:
        """Return the rule in words, for the form."""
        return "Kata sandi baru berbeda dari yang sekarang."
