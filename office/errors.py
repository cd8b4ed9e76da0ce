"""The error pages. Each screen has its own, with its way back; none needs the database."""

import sys
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

from office.devices import COOKIE
from office.disk import is_full
from office.error_words import KIOSK_COMPLAINT, TOO_LONG_OPEN, WORDS, Words
from office.refusals import Refused
from office.screens import Screen, first_page, public_screen

COMPLAINT_AT_KIOSK = "/kios/pengaduan/"
IDLE = 20
"""Seconds without a touch after which kiosk and tablet return to their first page."""
RETRY_AFTER = 30
INSUFFICIENT_STORAGE = 507
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SQLITE_AWAY = ("database is locked", "unable to open database file", "disk I/O error")
NO_CONNECTION = "08"
POSTGRESQL_AWAY = (NO_CONNECTION, "53", "57P")
"""Classes of SQLSTATE: no connection, no resources, shut down. An error without a SQLSTATE is one of the connection."""
TEMPLATES = {
    Screen.KIOSK: "errors/kiosk.html",
    Screen.TABLET: "errors/tablet.html",
    Screen.BOARD: "errors/board.html",
    Screen.TELEPHONE: "errors/telephone.html",
    Screen.DESK: "errors/desk.html",
}


def screen_of(request: HttpRequest) -> Screen:
    """Return the screen that sent the request. An unknown address without a sign-in belongs to a telephone."""
    listed = public_screen(request.path, has_device=COOKIE in request.COOKIES)
    return listed or (Screen.DESK if _has_page(request) or _may_be_staff(request) else Screen.TELEPHONE)


def _has_page(request: HttpRequest) -> bool:
    """Return whether a page has this address, also when the error came before Django looked for the page."""
    try:
        return bool(request.resolver_match or resolve(request.path_info))
    except Resolver404:
        return False


def _may_be_staff(request: HttpRequest) -> bool:
    """Return whether the browser is signed in, or says so while the database cannot be asked."""
    try:
        return _is_staff(request)
    except (DatabaseError, InterfaceError):
        return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_staff(request: HttpRequest) -> bool:
    try:
        return request.user.is_authenticated
    except AttributeError:  # an error before the sign-in was read
        return False


def error_page(request: HttpRequest, status: int, words: Words | None = None) -> HttpResponse:
    """Return the error page of the request's screen. htmx gets the same words as plain text, to show by the field."""
    screen = screen_of(request)
    said = words or _usual_words(request, screen, status)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(" ".join([f"{said.title}.", *said.texts]), content_type="text/plain; charset=utf-8")
    else:
        back = "" if status == 404 else quote(first_page(request.path))
        context = {"title": said.title, "texts": said.texts, "idle": IDLE, "back": back}
        context["is_complaint"] = _is_complaint_at_kiosk(request)
        answer = HttpResponse(render_to_string(TEMPLATES[screen], context))
    answer.status_code = status
    add_never_cache_headers(answer)
    if status == 503:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _usual_words(request: HttpRequest, screen: Screen, status: int) -> Words:
    own = KIOSK_COMPLAINT.get(status) if _is_complaint_at_kiosk(request) else None
    return own or WORDS[screen].get(status) or WORDS[Screen.DESK][status]


def _is_complaint_at_kiosk(request: HttpRequest) -> bool:
    return request.path.startswith(COMPLAINT_AT_KIOSK)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a form that has more than Django reads, and 400 to another request that cannot be read."""
    return error_page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def limit_page(request: HttpRequest, words: str) -> HttpResponse:
    """Answer 429 to one act too many in this minute. The first sentence of `words` is the heading of the page."""
    title, _, text = words.partition(". ")
    return error_page(request, 429, Words(title, (text,)))


def clock_refuses(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer an act for which the clock has no time, with 409. htmx gets the refusal alone; its page tries again."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    else:
        usual, is_desk = WORDS[Screen.DESK][409], screen_of(request) == Screen.DESK
        answer = error_page(request, 409, Words(usual.title, (str(refusal), *usual.texts)) if is_desk else None)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that the account may not make, with the reason when the view gave one."""
    if screen_of(request) != Screen.DESK:
        return error_page(request, 403)
    usual = WORDS[Screen.DESK][403]
    return error_page(request, 403, Words(usual.title, (str(exception) or _whose(request), *usual.texts)))


def _whose(request: HttpRequest) -> str:
    if not _is_staff(request):
        return "Anda belum masuk."
    return f"Akun {request.user} belum diberi tugas yang memerlukan halaman ini."


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not valid: somebody signed in or out in this browser after the page was opened."""
    return error_page(request, 403, TOO_LONG_OPEN if screen_of(request) == Screen.DESK else None)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address without a page, or with a row that this account may not see."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 507 when the disk is full, 503 when the database is away, and 500 after any other exception."""
    problem = sys.exception()
    if is_full(problem):
        return error_page(request, INSUFFICIENT_STORAGE)
    return error_page(request, 503 if is_database_away(problem) else 500)


def is_database_away(problem: BaseException | None) -> bool:
    """Return whether the exception says that the database does not answer now, so that a later try may succeed."""
    if isinstance(problem, InterfaceError):
        return True
    if not isinstance(problem, OperationalError):
        return False
    cause = problem.__cause__
    if not hasattr(cause, "pgcode"):
        return str(problem).startswith(SQLITE_AWAY)
    code: str = getattr(cause, "pgcode", None) or NO_CONNECTION
    return code.startswith(POSTGRESQL_AWAY)
