"""How often one device may act on the public pages of complaints, and how often one code may be tried.

No IP address is counted: a whole office or village may share one. A device is a paired kiosk, or a browser with its own
CSRF cookie. A browser that throws its cookie away counts as a new device, but has to guess 79 bits.
"""

import hashlib

from django.http import HttpRequest

from complaints.codes import typed_code
from office.devices import browser_of
from office.limits import may_act_again
from office.models import Device
from office.refusals import Refused

TRIES_A_MINUTE = 10
"""The most codes that one device may try, and the most tries of one code, in a minute."""
COMPLAINTS_A_MINUTE = 5
"""The most complaints of one device in a minute."""
ALL_COMPLAINTS_A_MINUTE = 60
"""The most complaints of all devices in a minute: more than a city writes, so that no program fills the disk."""
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
    """Count one complaint. Raise TooManyComplaints when this device, or all together, wrote too many in this minute."""
    mine = may_act_again(f"complain-{browser_of(request, Device.Kind.KIOSK)}", a_minute=COMPLAINTS_A_MINUTE)
    if not (mine and may_act_again("complain-all", a_minute=ALL_COMPLAINTS_A_MINUTE)):
        raise TooManyComplaints


def may_write(pk: int) -> bool:
    """Count one act of the reporter of the complaint `pk`. Return False after too many in this minute."""
    return may_act_again(f"complaint-{pk}", a_minute=POSTS_A_MINUTE_BY_CODE)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
