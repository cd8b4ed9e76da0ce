"""Pair a device with the office by a code, and revoke it. Each act is an event."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from office.account_actions import note_account
from office.data_keys import keyed_digest
from office.devices import key_digest, new_key
from office.models import AccountEvent, Device, User
from office.refusals import Refused

CODE_CHARACTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No 0, O, 1, I or L: a person reads the code from one screen and types it on another."""
CODE_LENGTH = 8
CODE_AGE = timedelta(minutes=10)
CODE_TRIES = 10
"""After this many wrong codes, the codes that are open at that time become invalid. No IP address is blocked or
stored."""


class CodeRefused(Refused):
    """Raised when no device waits for this code."""

    def __init__(self, words: str = ""):
        super().__init__(
            words or "Kode ini tidak berlaku. Minta kode baru kepada admin kantor; kode berlaku 10 menit, satu kali."
        )


class TooManyCodes(CodeRefused):
    """Raised when wrong codes were typed too often, so that the open codes are invalid."""

    def __init__(self) -> None:
        super().__init__(
            f"Sudah {CODE_TRIES} kode salah diketik, jadi kode yang sedang menunggu tidak berlaku lagi. "
            "Minta kode baru kepada admin kantor."
        )


def _code_digest(code: str, key: str = "") -> str:
    """Return the digest that is stored in the place of a pairing code, which is short enough to be found by trying.

    A used code is stored with the `key` that it was used for, so that only the holder of this key can use it again.
    """
    return keyed_digest("pairing code", f"{code} {key}" if key else code)


@transaction.atomic
def make_code(device: Device, *, by: User | None) -> str:
    """Return a new pairing code. The earlier code becomes invalid; the device's key stays valid until it is paired."""
    code = "".join(secrets.choice(CODE_CHARACTERS) for _ in range(CODE_LENGTH))
    until = timezone.now() + CODE_AGE
    Device.objects.filter(pk=device.pk).update(code_hash=_code_digest(code), code_until=until, code_tries=0)
    note_account(AccountEvent.Kind.DEVICE_CODE, device=device, by=by)
    return f"{code[:4]}-{code[4:]}"


def pair(code: str, key: str = "") -> tuple[Device, str]:
    """Return the device that waits for `code`, and its new key: `key`, or one of ours.

    A code can be used once. Sent again with the same `key`, as after a lost answer, it does nothing more.
    Raise CodeRefused when no device waits for the code, and TooManyCodes when every open code became invalid by
    wrong guesses.
    """
    typed = "".join(character for character in code.upper() if character.isalnum())
    unused, used = _code_digest(typed), _code_digest(typed, key) if key else None
    with transaction.atomic():  # an error raised in here would undo the count of wrong codes
        waiting = list(Device.objects.select_for_update().filter(code_until__gt=timezone.now()).order_by("pk"))
        open_to_guess = [device for device in waiting if device.code_tries < CODE_TRIES]
        device = next((device for device in open_to_guess if device.code_hash in (unused, used)), None)
        if device:
            return device, key if device.code_hash == used else _give_key(device, typed, key)
        Device.objects.filter(pk__in=[each.pk for each in open_to_guess]).update(code_tries=F("code_tries") + 1)
    raise TooManyCodes if waiting and not open_to_guess else CodeRefused


def _give_key(device: Device, code: str, key: str) -> str:
    """Pair the device with `key`; with one of ours when there is none, or when another device has it."""
    if not key or Device.objects.filter(key_hash=key_digest(key)).exclude(pk=device.pk).exists():
        key = new_key()
    device.code_hash, device.code_tries = _code_digest(code, key), 0
    device.key_hash, device.paired_at, device.revoked_at = key_digest(key), timezone.now(), None
    device.save()
    note_account(AccountEvent.Kind.DEVICE_PAIRED, device=device, also=_code_makers(device), by=None)
    return key


def _code_makers(device: Device) -> list[str]:
    """Return the address of the admin who made the device's newest code; empty when no event says who."""
    made = AccountEvent.objects.filter(device=device, kind=AccountEvent.Kind.DEVICE_CODE).select_related("by").first()
    return [made.by.email] if made and made.by else []


@transaction.atomic
def revoke(device: Device, *, by: User | None) -> None:
    """Revoke the device: its key and its code are invalid from the next request on."""
    Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now(), key_hash="", code_hash="", code_until=None)
    note_account(AccountEvent.Kind.DEVICE_REVOKED, device=device, by=by)
