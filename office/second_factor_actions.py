"""Switch the second step of a sign-in on and off, and spend its codes. Each act is an event."""

import base64
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from office.account_actions import note_account
from office.data_keys import keyed_digest, seal, unseal
from office.models import AccountEvent, RecoveryCode, SecondFactor, User
from office.refusals import Refused
from office.sign_in_actions import end_sign_ins

PURPOSE = "second factor"
CODES = 10
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
DRIFT = 1
"""Steps of 30 seconds for which the clock of a telephone may differ (RFC 6238, 5.2)."""
_Kind = AccountEvent.Kind


class WrongCode(Refused):
    """Raised when a code is not valid now, or was used before."""

    def __init__(self) -> None:
        super().__init__("Kode ini tidak berlaku. Ketik kode yang tampil sekarang; setiap kode berlaku satu kali.")


class FactorIsOn(Refused):
    """Raised when a second telephone is asked for while one counts."""

    def __init__(self) -> None:
        super().__init__("Langkah kedua sudah aktif. Matikan dahulu untuk mengganti ponsel.")


class OwnFactor(Refused):
    """Raised when an admin resets the own second step without a code."""

    def __init__(self) -> None:
        super().__init__("Langkah kedua Anda sendiri diatur ulang oleh admin lain, atau dimatikan dengan kode.")


def has_factor(user: User) -> bool:
    """Return whether the sign-in of this user has a second step."""
    return SecondFactor.objects.filter(user=user).exclude(confirmed_at=None).exists()


def must_enrol(user: User) -> bool:
    """Return whether one of the user's roles requires a second step that the user does not have."""
    required = set(settings.SECOND_FACTOR_REQUIRED)
    return bool(required and required & set(user.role_names) and not has_factor(user))


@transaction.atomic
def begin_factor(user: User) -> None:
    """Make a new secret, which counts after the first code. Raise FactorIsOn when one counts already."""
    found = SecondFactor.objects.select_for_update().filter(user=user).first()
    if found and found.confirmed_at:
        raise FactorIsOn
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    SecondFactor.objects.update_or_create(user=user, defaults={"sealed": seal(PURPOSE, secret), "last_step": 0})


def secret_of(factor: SecondFactor) -> str:
    """Return the secret as a telephone takes it when it is typed."""
    return unseal(PURPOSE, factor.sealed)


@transaction.atomic
def confirm_factor(user: User, *, code: str) -> list[str]:
    """Let the telephone count, and return the recovery codes, which are shown this once. Raise WrongCode."""
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if factor is None or not _fits(factor, code):
        raise WrongCode
    factor.confirmed_at = timezone.now()
    factor.save()
    note_account(_Kind.FACTOR_ON, about=user, by=user)
    return _new_codes(user)


def _new_codes(user: User) -> list[str]:
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(CODES)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def spend_code(user: User, *, code: str) -> None:
    """Take a code of the telephone, or a recovery code, which is an event. Raise WrongCode."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).exclude(confirmed_at=None).first()
    if factor is None or not (_fits(factor, code) or _spend_recovery(user, code)):
        raise WrongCode
    factor.save()


def _fits(factor: SecondFactor, code: str) -> bool:
    """Return whether the telephone shows the code, and remember its step, so that it is not taken again."""
    typed = code.replace(" ", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        return False
    totp = TOTP(base64.b32decode(secret_of(factor)))
    totp.time = timezone.now().timestamp()
    if not totp.verify(int(typed), tolerance=DRIFT, min_t=factor.last_step + 1):
        return False
    factor.last_step = totp.t()
    return True


def _spend_recovery(user: User, code: str) -> bool:
    digest = _digest("".join(sign for sign in code.upper() if sign.isalnum()))
    if not user.recovery_codes.filter(digest=digest, used_at=None).update(used_at=timezone.now()):
        return False
    left = user.recovery_codes.filter(used_at=None).count()
    note_account(_Kind.RECOVERY_USED, about=user, note=f"tersisa {left}", by=user)
    return True


def _digest(code: str) -> str:
    return keyed_digest("recovery code", code)


@transaction.atomic
def remove_factor(user: User, *, code: str) -> None:
    """Switch the own second step off with one of its codes. Raise WrongCode."""
    spend_code(user, code=code)
    _remove(user)
    note_account(_Kind.FACTOR_OFF, about=user, by=user)


@transaction.atomic
def reset_factor(user: User, *, by: User | None) -> None:
    """Remove the second step of somebody whose telephone is lost, and end the sessions. Raise OwnFactor.

    The mail goes to that person, to the heads and to the admin who did it, so that two admins who change each other
    are both seen.
    """
    if by == user:
        raise OwnFactor
    _remove(user)
    end_sign_ins(user)
    note_account(_Kind.FACTOR_RESET, about=user, also=[by.email] if by else [], by=by)


def _remove(user: User) -> None:
    SecondFactor.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()
