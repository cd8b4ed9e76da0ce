"""Recognise a paired device at each request, and count what it does."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from office.models import Device, Office
from office.requests import DeviceRequest

_View = Callable[..., HttpResponse]

COOKIE, SALT = "device", "office.devices"
COOKIE_AGE = 400 * 24 * 60 * 60  # the longest that browsers allow; renewed while the device is in use
PREPARED, PREPARED_SALT = "device_prepared", "office.devices.prepared"
SEEN_EVERY = timedelta(seconds=10)
AWAY_AFTER = timedelta(seconds=15)
"""A board sends a request every second, and its `last_seen_at` is saved every ten seconds, so a board not seen
for 15 seconds is away."""
SHOWN_TO_VISITOR = "shown_to_visitor"
"""In the session of a kiosk: what only the visitor who stands there may see. The welcome page removes it."""
ACTS_A_MINUTE = 30
"""The limit for one device: more than visitors can do there in a minute."""


def key_digest(secret: str) -> str:
    """Return the digest that is stored in the place of a device's key, which is too long to be found by trying."""
    return hashlib.sha256(secret.encode()).hexdigest()


def remember(response: HttpResponse, key: str) -> None:
    """Store the device's key in the browser, as a signed cookie."""
    response.set_signed_cookie(
        COOKIE, key, salt=SALT, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def new_key() -> str:
    """Return a key for a device."""
    return secrets.token_urlsafe(32)


def prepare_key(request: HttpRequest, response: HttpResponse) -> None:
    """Store a key in a browser before it sends its pairing code. It opens nothing until it is paired.

    So the browser can send the same code again when the answer to its pairing was lost.
    """
    if not prepared_key(request):
        cookie = {"salt": PREPARED_SALT, "httponly": True, "samesite": "Lax", "secure": settings.HTTPS}
        response.set_signed_cookie(PREPARED, new_key(), **cookie)


def prepared_key(request: HttpRequest) -> str:
    """Return the key that `prepare_key` stored in the browser; empty when there is none."""
    return request.get_signed_cookie(PREPARED, default="", salt=PREPARED_SALT) or ""


def may_act(device: Device | None) -> bool:
    """Count one act of the device. Return False when it has reached the limit of this minute.

    Without a device, always return True: acts are never counted per IP address.
    """
    if device is None:
        return True
    minute, row = timezone.now().replace(second=0, microsecond=0), Device.objects.filter(pk=device.pk)
    row.filter(Q(minute=None) | ~Q(minute=minute)).update(minute=minute, acts_in_minute=0)
    return bool(row.filter(acts_in_minute__lt=ACTS_A_MINUTE).update(acts_in_minute=F("acts_in_minute") + 1))


def needs_device(kind: Device.Kind) -> Callable[[_View], _View]:
    """Let a view answer only a paired device of `kind` (as `request.device`); any other request gets a 403 page.

    While the office does not require devices, the view answers every request.
    """

    def wrap(view: _View) -> _View:
        @wraps(view)
        def on_device(request: DeviceRequest, *args: object, **kwargs: object) -> HttpResponse:
            request.device = device_behind(request, kind)
            if not may_use(request.device):
                return render(request, "office/device_unpaired.html", {"office": None}, status=403)
            return noted(request, view(request, *args, **kwargs), request.device)

        return on_device

    return wrap


def device_behind(request: HttpRequest, kind: Device.Kind) -> Device | None:
    """Return the paired device of `kind` that sent the request, or None."""
    key = _key_in(request)
    return _holder(key, kind) if key else None


def browser_of(request: HttpRequest, kind: Device.Kind) -> str:
    """Return a name for the browser, by which its acts are counted.

    It is the name of its paired device of `kind`, otherwise a digest of its CSRF cookie, "" without that cookie.
    """
    device = device_behind(request, kind)
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return f"device-{device.pk}" if device else cookie and key_digest(cookie)


def _key_in(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""


def may_use(device: Device | None) -> bool:
    """Return whether the page may be used: by a paired device, or by any device while the office requires none."""
    return device is not None or not Office.objects.current().devices_required


def noted(request: HttpRequest, response: HttpResponse, device: Device | None) -> HttpResponse:
    """Return the response. Every ten seconds, or when its sound changes, save the device as seen; renew its cookie."""
    if device and _see(device, is_mute=request.GET.get("suara") == "mati"):
        remember(response, _key_in(request))
    return response


def _holder(key: str, kind: Device.Kind) -> Device | None:
    """Return the device that holds the key. One simple query, because every board runs it every second."""
    holders = [device for device in Device.objects.filter(key_hash=key_digest(key)).order_by() if device.holds_key]
    return holders[0] if holders and holders[0].kind == kind else None


def _see(device: Device, *, is_mute: bool) -> bool:
    now = timezone.now()
    if device.is_mute == is_mute and device.last_seen_at and now - device.last_seen_at < SEEN_EVERY:
        return False
    Device.objects.filter(pk=device.pk).update(last_seen_at=now, is_mute=is_mute)
    return True


def board_troubles(now: datetime) -> list[str]:
    """Return one sentence for each paired board that is away or muted. Empty when there is no such board."""
    boards = Device.objects.filter(kind=Device.Kind.BOARD, revoked_at=None).exclude(key_hash="")
    return [trouble for trouble in (_trouble(board, now) for board in boards) if trouble]


def _trouble(board: Device, now: datetime) -> str:
    if board.last_seen_at is None or now - board.last_seen_at > AWAY_AFTER:
        return f"Papan {board.name} tidak terhubung. Panggil juga dengan suara Anda."
    return f"Suara papan {board.name} mati. Tekan OK di papan itu." if board.is_mute else ""
