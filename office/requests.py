"""The requests that views are given: Django's, with what the middleware, the sign-in or `needs_device` has added."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from office.models import Device, User


class HtmxRequest(HttpRequest):
    """Any request to the desk; `htmx` is true when only a part of the page is asked for."""

    htmx: HtmxDetails


class StaffRequest(HtmxRequest):
    """To a page behind the sign-in."""

    user: User


class DeviceRequest(HtmxRequest):
    """To a page of the waiting room; `device` is None where the office wants no paired device."""

    device: Device | None
