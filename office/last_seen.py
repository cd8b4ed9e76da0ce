"""What every answer to a user who is signed in has: no copy in the browser, and a note that the session was used."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from office.models import SignIn

SEEN, SEEN_EVERY = "seen", timedelta(minutes=5)
"""In the session: when its use was last noted, in seconds. Once in five minutes is enough for the list of sessions."""


DUE = "second_factor_due"
"""In the session: the user's role requires a second step that the user has not switched on yet."""


def note_use(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note that the session was used, at most every five minutes, so that no other request costs a query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.session.accessed and SEEN in request.session:
            _note(request)
        return answer

    return middleware


def _note(request: HttpRequest) -> None:
    now = timezone.now()
    if now.timestamp() - request.session[SEEN] < SEEN_EVERY.total_seconds():
        return
    request.session[SEEN] = now.timestamp()
    SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=now)


def keep_no_copy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the browser keep no copy of an answer to a user who is signed in: the next person at the computer reads it.

    An answer that says itself how long it may be kept, or that is asked again by its ETag, stays as it is.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        says_itself = answer.has_header("Cache-Control") or answer.has_header("ETag")
        if not says_itself and request.session.accessed and request.user.is_authenticated:
            answer["Cache-Control"] = "no-store, private"
        return answer

    return middleware
