"""How a machine becomes the office's own, how it shows itself, and how it is shut out."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from office.models import Device, Office

COOKIE, SALT = "device", "office.devices"
COOKIE_AGE = 400 * 24 * 60 * 60  # browsers keep none longer; written again while the device is in use
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without 0 O 1 I L: the code is read from one screen and typed on another."""
CODE_LENGTH = 8
CODE_AGE = timedelta(minutes=10)
SEEN_EVERY = timedelta(seconds=10)
AWAY_AFTER = timedelta(seconds=15)
"""A board asks every second and is noted every ten."""
ACTS_A_MINUTE = 30
"""More numbers than anybody draws at one machine in a minute."""


class CodeRefused(Exception):
    """No device waits for this code; the text is fit for the screen."""

    def __init__(self):
        super().__init__(
            "Kode ini tidak berlaku. Minta kode baru kepada admin kantor; kode berlaku 10 menit, satu kali."
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_code(device: Device) -> str:
    """A new pairing code; the one before it counts no more, the present key does until the new one is taken."""
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    Device.objects.filter(pk=device.pk).update(code_hash=_digest(code), code_until=timezone.now() + CODE_AGE)
    return f"{code[:4]}-{code[4:]}"


@transaction.atomic
def pair(code: str) -> tuple[Device, str]:
    """The device that waits for `code`, and its new key. A code counts once. Raises CodeRefused."""
    typed = _digest("".join(sign for sign in code.upper() if sign.isalnum()))
    waiting = Device.objects.select_for_update().filter(code_hash=typed, code_until__gt=timezone.now())
    device = waiting.first()
    if device is None:
        raise CodeRefused
    key = secrets.token_urlsafe(32)
    device.code_hash, device.code_until = "", None
    device.key_hash, device.paired_at, device.revoked_at = _digest(key), timezone.now(), None
    device.save()
    return device, key


def revoke(device: Device) -> None:
    """Shut the device out, from its next request on."""
    Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now(), key_hash="", code_hash="", code_until=None)


def remember(response: HttpResponse, key: str) -> None:
    """Give the browser the device's key."""
    response.set_signed_cookie(
        COOKIE, key, salt=SALT, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def may_act(device: Device | None) -> bool:
    """Count one more act of the device in this minute; False when it has had enough. Never counted per IP."""
    if device is None:
        return True
    minute, row = timezone.now().replace(second=0, microsecond=0), Device.objects.filter(pk=device.pk)
    row.filter(Q(minute=None) | ~Q(minute=minute)).update(minute=minute, acts_in_minute=0)
    return bool(row.filter(acts_in_minute__lt=ACTS_A_MINUTE).update(acts_in_minute=F("acts_in_minute") + 1))


def needs_device(kind: Device.Kind) -> Callable:
    """The page opens on a paired device of its kind (`request.device`); anywhere while the office wants none."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def on_device(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not may_use(request, kind):
                return render(request, "office/device_unpaired.html", {"office": None}, status=403)
            return noted(request, view(request, *args, **kwargs))

        return on_device

    return wrap


def may_use(request: HttpRequest, kind: Device.Kind) -> bool:
    """Whether the request comes from a paired device of `kind` (`request.device`), or the office wants none."""
    key = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    request.device = _holder(key, kind) if key else None
    return request.device is not None or not Office.objects.current().devices_required


def noted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response; every ten seconds, and when its sound goes on or off, the device is noted as seen."""
    if request.device and _see(request.device, is_mute=request.GET.get("suara") == "mati"):
        remember(response, request.get_signed_cookie(COOKIE, salt=SALT))
    return response


def _holder(key: str, kind: Device.Kind) -> Device | None:
    """The simplest of questions, because every board asks it every second."""
    holders = [device for device in Device.objects.filter(key_hash=_digest(key)).order_by() if device.holds_key]
    return holders[0] if holders and holders[0].kind == kind else None


def _see(device: Device, *, is_mute: bool) -> bool:
    now = timezone.now()
    if device.is_mute == is_mute and device.last_seen_at and now - device.last_seen_at < SEEN_EVERY:
        return False
    Device.objects.filter(pk=device.pk).update(last_seen_at=now, is_mute=is_mute)
    return True


def board_troubles(now: datetime) -> list[str]:
    """What the officer should know of the paired boards, in words; empty when all is well or there is none."""
    boards = Device.objects.filter(kind=Device.Kind.BOARD, revoked_at=None).exclude(key_hash="")
    return [trouble for trouble in (_trouble(board, now) for board in boards) if trouble]


def _trouble(board: Device, now: datetime) -> str:
    if board.last_seen_at is None or now - board.last_seen_at > AWAY_AFTER:
        return f"Papan {board.name} tidak terhubung. Panggil juga dengan suara Anda."
    return f"Suara papan {board.name} mati. Tekan OK di papan itu." if board.is_mute else ""
