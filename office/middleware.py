"""What is checked at every request: its size, the clock, the password; and a script learns of a sign-out."""

import re
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from office import clock
from office.errors import TOO_LARGE, clock_refuses, error_page
from office.last_seen import DUE
from office.requests import page_before
from office.screens import is_for_visitors

_View = Callable[[HttpRequest], HttpResponse]

LONGEST_PATH, LONGEST_QUERY = 1000, 8000
"""Characters. Our longest address has less than a hundred; a query can contain a long search."""
LARGEST_BODY = 25 * 1024 * 1024
"""Bytes. An office's nginx has the same limit. Without one, a request fills the disk before any form sees it."""
NO_ROW = re.compile(r"/\d{16,}(?=[/.]|$)", re.ASCII)
"""A number that no row has. Databases and Python refuse some of them with errors of their own."""
NUL_IN_QUERY = re.compile(r"%00|\0")
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
WITHOUT_TIME = {
    *("login", "logout", "admin:login", "admin:logout", "second_step", "office:password_change", "office:pair_device"),
    *("office:lock", "office:unlock", "office:prove", "office:stay_awake"),
    *("guestbook:kiosk_identity", "complaints:kiosk_complain", "complaints:complain"),  # they ask the clock themselves
}
"""The names of the addresses that act also while the clock is behind: they let people in and out."""
LIMIT_LASTS = "60"
"""Seconds after which a limit counts from nothing: all our limits are those of a minute (office/limits.py)."""
BODILESS = {400, 405}
"""Statuses that Django's decorators answer without a page."""


def refuse_unreadable(get_response: _View) -> _View:
    """Answer 400 or 404 to an address that no page of ours has: with a NUL, very long, or with a huge number.

    Answer 411 and 413 to a request that does not say how large it is, or that is too large, without reading it; and 400
    to one that is shorter than it says, because its connection was lost.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or NUL_IN_QUERY.search(query):
            raise BadRequest("The address has a NUL.")
        if len(request.path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            raise BadRequest("The address is too long.")
        if NO_ROW.search(request.path):
            raise Http404
        refused = _refused_body(request)
        if refused:
            return error_page(request, refused)
        return _with_page(request, get_response(request))

    return middleware


def _refused_body(request: HttpRequest) -> int:
    """Return the status that refuses the body of the request, or 0. A form is read here."""
    size = _announced_size(request)
    if "HTTP_TRANSFER_ENCODING" in request.META and not size:
        return 411
    if size > LARGEST_BODY:
        return 413
    return _unreadable_form(request)


def _unreadable_form(request: HttpRequest) -> int:
    """Return 413 when the form has more than Django reads, 400 when it ends too early or is none, otherwise 0.

    Django would log them with a traceback. Its check of the token would take the second for a form without one.
    """
    try:
        _ = request.POST
    except (UnreadablePostError, MultiPartParserError):
        return 400
    except TOO_LARGE:
        return 413
    return 0


def _announced_size(request: HttpRequest) -> int:
    """Return the size of the body in bytes. Django reads no more than that, and nothing when it is not announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _with_page(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the answer, or an error page in the place of an empty 400 or 405. A limit says how long it lasts."""
    if answer.status_code == 429:
        answer.headers.setdefault("Retry-After", LIMIT_LASTS)
    if answer.status_code not in BODILESS or answer.streaming or answer.content:
        return answer
    page = error_page(request, answer.status_code)
    if "Allow" in answer:
        page["Allow"] = answer["Allow"]
    return page


def no_body_for_head(get_response: _View) -> _View:
    """Answer HEAD without a body, as HTTP wants it; gunicorn logs a line otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.method == "HEAD" and not answer.streaming:
            answer.headers.setdefault("Content-Length", str(len(answer.content)))
            answer.content = b""
        return answer

    return middleware


def must_change_password(get_response: _View) -> _View:
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


def must_add_second_factor(get_response: _View) -> _View:
    """Redirect a user whose role requires a second step to its page from every other page, until it is switched on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_for_visitors(request.path) or request.path in _open_without_factor() or not request.session.get(DUE):
            return get_response(request)
        return redirect("office:second_factor")

    return middleware


def _open_without_factor() -> set[str]:
    names = ("office:second_factor", "office:begin_second_factor", "office:password_change", "login", "logout")
    return {reverse(name) for name in names}


class RefuseWhileClockIsBehind:
    """Refuses every act of a person while the clock is behind, because it would be saved with a wrong time.

    Pages stay open to read. The addresses in WITHOUT_TIME stay open to act.
    """

    def __init__(self, get_response: _View):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Return the refusal, or None. Sign-in and form token were checked before."""
        match = request.resolver_match
        if request.method in SAFE or (match and match.view_name in WITHOUT_TIME):
            return None
        try:
            clock.now()
        except clock.ClockWentBack as refusal:
            return clock_refuses(request, refusal)
        return None


def no_lost_save(get_response: _View) -> _View:
    """Let no save be lost by a redirect to the sign-in or the password form.

    Answer htmx with 401: the browser would follow the redirect, and htmx would take the sign-in page for the answer of
    a successful save. After the sign-in, lead a form that was sent back to its page, because its own address may answer
    to no GET; static/js/unsent.js fills it in again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if not _leads_to_sign_in(answer):
            return answer
        if request.headers.get("HX-Request"):
            return error_page(request, 401)
        asks_sign_in = request.method == "POST" and "next=" in answer["Location"]
        return _back_to_its_page(request, answer) if asks_sign_in else answer

    return middleware


def _back_to_its_page(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the redirect to the sign-in, with the page of the form as the next page when that is known."""
    place, follows = urlsplit(answer["Location"]).path, page_before(request)
    return redirect(f"{place}?{urlencode({'next': follows}, safe='/')}" if follows else place)


def _leads_to_sign_in(answer: HttpResponse) -> bool:
    places = {resolve_url(settings.LOGIN_URL), reverse("admin:login"), reverse("office:password_change")}
    places |= {reverse(f"office:{name}") for name in ("second_factor", "unlock", "prove")}
    return answer.status_code == 302 and urlsplit(answer["Location"]).path in places
