"""The lock of a desk that its user has left: the session goes on, but no page of staff opens without the password.

static/js/idle_lock.js locks the pages that are open, with what was typed in them. Here is what a request may do.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from office.last_seen import SEEN, SEEN_EVERY
from office.screens import is_for_visitors

LOCKED = "locked"
"""In the session: its user left the desk and has not typed the password since."""


def stay_locked(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Redirect every page of staff to the form that unlocks the session. The screens of visitors stay open."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_for_visitors(request.path) or request.path in _open_while_locked() or not _is_locked(request):
            return get_response(request)
        return redirect(f"{reverse('office:unlock')}?{urlencode({'next': request.get_full_path()})}")

    return middleware


def _open_while_locked() -> set[str]:
    return {reverse(name) for name in ("office:lock", "office:unlock", "login", "logout")}


def _is_locked(request: HttpRequest) -> bool:
    """Return whether the session is locked. A page that is opened after a long silence locks it."""
    if not request.user.is_authenticated:
        return False
    if _was_left(request):
        request.session[LOCKED] = True
    return LOCKED in request.session


def _was_left(request: HttpRequest) -> bool:
    """Return whether this page is opened in a session that no page has used for longer than the lock waits.

    A form that is sent is never taken for that: its user has typed all the time. Its use is noted at most every five
    minutes, so that much is added.
    """
    if not settings.IDLE_LOCK_MINUTES or request.method != "GET" or SEEN not in request.session:
        return False
    silence: float = timezone.now().timestamp() - request.session[SEEN]
    return silence > (timedelta(minutes=settings.IDLE_LOCK_MINUTES) + SEEN_EVERY).total_seconds()
