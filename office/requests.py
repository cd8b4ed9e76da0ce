"""Types of requests, with the attributes that the middleware, the sign-in and `needs_device` add."""

from typing import cast
from urllib.parse import urlsplit

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from office.models import Device, User


class HtmxRequest(HttpRequest):
    """Any request. `htmx` is true when htmx sent it, usually for a part of a page."""

    htmx: HtmxDetails


class StaffRequest(HtmxRequest):
    """A request to a page that needs a sign-in."""

    user: User


class DeviceRequest(HtmxRequest):
    """A request to a page of a device. `device` is None when no paired device sent it and the office requires none."""

    device: Device | None


def staff_of(request: HttpRequest) -> User:
    """Return who sent a request to a page of the admin, which opens for no user without an account."""
    return cast("User", request.user)


def page_before(request: HttpRequest) -> str:
    """Return the address of our page from which a form was sent; "" when the browser does not say it."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return page._replace(scheme="", netloc="", fragment="").geturl()
