"""The answer to a request that failed."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from office.disk import is_full

INSUFFICIENT_STORAGE = 507


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for a full disk, or the page 500 for any other exception. Django calls this in its `except`.

    Neither page asks the database for anything.
    """
    if is_full(sys.exception()):
        return HttpResponse(render_to_string("507.html"), status=INSUFFICIENT_STORAGE)
    return defaults.server_error(request)
