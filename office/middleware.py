"""What is checked at every request: the address, the chosen password, and that a script learns of a sign-out."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from office.errors import error_page
from office.screens import is_for_visitors

View = Callable[[HttpRequest], HttpResponse]

LONGEST_PATH, LONGEST_QUERY = 1000, 8000
"""Characters. Our longest address has less than a hundred; a query can contain a long search."""
LARGEST_BODY = 25 * 1024 * 1024
"""Bytes. An office's nginx has the same limit. Without one, a request fills the disk before any form sees it."""
NO_ROW = re.compile(r"/\d{16,}(?=[/.]|$)", re.ASCII)
"""A number that no row has. Databases and Python refuse some of them with errors of their own."""
NUL_IN_QUERY = re.compile(r"%00|\0")
BODILESS = {400, 405}
"""Statuses that Django's decorators answer without a page."""


def refuse_unreadable(get_response: View) -> View:
    """Answer 400 or 404 to an address that no page of ours has: with a NUL, very long, or with a huge number.

    Answer 413 to a request that says that it is too large, without reading it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or NUL_IN_QUERY.search(query):
            raise BadRequest("The address has a NUL.")
        if len(request.path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            raise BadRequest("The address is too long.")
        if NO_ROW.search(request.path):
            raise Http404
        if _announced_size(request) > LARGEST_BODY:
            return error_page(request, 413)
        return _with_page(request, get_response(request))

    return middleware


def _announced_size(request: HttpRequest) -> int:
    """Return the size of the body in bytes. Django reads no more than that, and nothing when it is not announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _with_page(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the answer, or an error page in the place of an empty 400 or 405."""
    if answer.status_code not in BODILESS or answer.streaming or answer.content:
        return answer
    page = error_page(request, answer.status_code)
    if "Allow" in answer:
        page["Allow"] = answer["Allow"]
    return page


def no_body_for_head(get_response: View) -> View:
    """Answer HEAD without a body, as HTTP wants it; gunicorn logs a line otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.method == "HEAD" and not answer.streaming:
            answer.headers.setdefault("Content-Length", str(len(answer.content)))
            answer.content = b""
        return answer

    return middleware


def must_change_password(get_response: View) -> View:
    """Redirect a user with `must_change_password` to the password form from every other page of the desk.

    The screens of visitors stay open: the user may have signed in in the kiosk's browser.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = {reverse("office:password_change"), reverse("logout")}
        if request.path in allowed or is_for_visitors(request.path):
            return get_response(request)
        if getattr(request.user, "must_change_password", False):
            return redirect("office:password_change")
        return get_response(request)

    return middleware


def no_redirect_to_sign_in(get_response: View) -> View:
    """Answer htmx with 401 instead of a redirect to the sign-in or the password form.

    The browser would follow the redirect, and htmx would take the sign-in page for the answer of a successful save.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.headers.get("HX-Request") and _leads_to_sign_in(answer):
            return error_page(request, 401)
        return answer

    return middleware


def _leads_to_sign_in(answer: HttpResponse) -> bool:
    places = {resolve_url(settings.LOGIN_URL), reverse("admin:login"), reverse("office:password_change")}
    return answer.status_code == 302 and urlsplit(answer["Location"]).path in places
