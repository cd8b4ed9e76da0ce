"""How often one device may act on the public pages of complaints, and how often one code may be tried.

No IP address is counted: a whole office or village may share one. A device is a paired kiosk, or a browser with its own
CSRF cookie. A browser that throws its cookie away counts as a new device, but has to guess 79 bits.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from complaints.codes import typed_code
from office.devices import browser_of, device_behind
from office.limits import may_act_again
from office.models import Device
from office.refusals import Refused

TRIES_A_MINUTE = 10
"""The most codes that one device may try, and the most tries of one code, in a minute."""
COMPLAINTS_A_MINUTE = 5
"""The most complaints of one device in a minute."""
ALL_COMPLAINTS_A_MINUTE = 60
"""The most complaints in a minute of all browsers that opened the form only now, so that no program fills the disk."""
KNOWN_COMPLAINTS_A_MINUTE = 120
"""The most complaints in a minute of all other browsers: a program can open the form early, too, and many times."""
FORM_COOKIE, FORM_SALT = "form_opened", "complaints.guesses"
KNOWN_AFTER = timedelta(minutes=1)
"""A browser that opened the form so long ago is known, and not counted with those that opened it only now."""
POSTS_A_MINUTE_BY_CODE = 20
"""The most messages, files and ratings about one complaint in a minute."""


def may_try_code(request: HttpRequest, text: str) -> bool:
    """Count one try of a code. Return False when the device, or this code, was tried too often in this minute."""
    of_device = may_act_again(f"complaint-device-{browser_of(request, Device.Kind.KIOSK)}", a_minute=TRIES_A_MINUTE)
    of_code = may_act_again(f"complaint-code-{_digest(typed_code(text) or text)}", a_minute=TRIES_A_MINUTE)
    return of_device and of_code


class TooManyComplaints(Refused):
    """Raised when one device, or all together, wrote too many complaints in this minute."""

    def __init__(self) -> None:
        super().__init__(
            "Terlalu banyak pengaduan dikirim dalam satu menit. Isian Anda masih ada: tunggu sebentar, lalu kirim lagi."
        )


def must_not_complain_too_often(request: HttpRequest) -> None:
    """Count one complaint. Raise TooManyComplaints when this device wrote too many in this minute.

    Browsers that opened the form less than KNOWN_AFTER ago have a limit together too, and the known ones have another,
    larger one, so that a program that opens the form now closes it neither for them nor for long. A paired kiosk has
    only its own limit: no flood of browsers closes it.
    """
    device = device_behind(request, Device.Kind.KIOSK)
    mine = f"device-{device.pk}" if device else _known(request) or browser_of(request, Device.Kind.KIOSK)
    may = may_act_again(f"complain-{mine}", a_minute=COMPLAINTS_A_MINUTE)
    if not (may and (device or _may_with_others(request))):
        raise TooManyComplaints


def _may_with_others(request: HttpRequest) -> bool:
    if _known(request):
        return may_act_again("complain-known", a_minute=KNOWN_COMPLAINTS_A_MINUTE)
    return may_act_again("complain-all", a_minute=ALL_COMPLAINTS_A_MINUTE)


def note_opened(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response; in a browser without it, with a signed cookie of the time at which the form was opened."""
    if not _opened_form(request):
        value = f"{timezone.now().isoformat()} {secrets.token_urlsafe(8)}"
        response.set_signed_cookie(
            FORM_COOKIE, value, salt=FORM_SALT, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
    return response


def _opened_form(request: HttpRequest) -> str:
    return request.get_signed_cookie(FORM_COOKIE, default="", salt=FORM_SALT) or ""


def _known(request: HttpRequest) -> str:
    """Return the name of a browser that opened the form at least KNOWN_AFTER ago, else ""."""
    opened = _opened_form(request)
    is_old = opened and datetime.fromisoformat(opened.split()[0]) <= timezone.now() - KNOWN_AFTER
    return _digest(opened) if is_old else ""


def may_write(pk: int) -> bool:
    """Count one act of the reporter of the complaint `pk`. Return False after too many in this minute."""
    return may_act_again(f"complaint-{pk}", a_minute=POSTS_A_MINUTE_BY_CODE)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
