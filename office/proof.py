"""The password once more, before an act that no passer-by at an open desk may do: issuing a letter, changing rights.

It counts for PROOF_MINUTES after it was typed: at the sign-in, at the lock, or here (OWASP ASVS 5.0, 7.5.1 and 7.5.3).
A session that was not begun by our sign-in page, as in tests, is not asked.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from office.forms import SignInForm
from office.lock_out import account_key
from office.requests import StaffRequest, page_before

PROVED = "proved"
"""In the session: when its user typed the password last, in seconds."""
WRITING = timedelta(hours=1)
"""How much longer a form may be sent that was opened in time."""
_View = Callable[..., HttpResponse]


def note_proof(request: HttpRequest) -> None:
    """Note that the user has just typed the password."""
    request.session[PROVED] = timezone.now().timestamp()


def must_prove(request: HttpRequest, *, later: timedelta = timedelta()) -> bool:
    """Return whether the user typed the password too long ago. `later` is added to the minutes that the office set."""
    if not settings.PROOF_MINUTES or PROVED not in request.session:
        return False
    silence: float = timezone.now().timestamp() - request.session[PROVED]
    return silence > (timedelta(minutes=settings.PROOF_MINUTES) + later).total_seconds()


def password_problem(request: StaffRequest, typed: str) -> str:
    """Note the proof when `typed` is the user's password, and return "". Otherwise return what is wrong.

    A wrong one counts as a wrong password at the sign-in does.
    """
    credentials = {"username": request.user.username, "password": typed}
    form = SignInForm(request, credentials)
    if not form.is_valid():
        return " ".join(str(words) for found in form.errors.values() for words in found)
    AccessAttempt.objects.filter(username=account_key(request, credentials)).delete()
    note_proof(request)
    return ""


def is_without_password(request: StaffRequest) -> bool:
    """Return whether an act must not be done, because its form has not the password that it needs. Say why."""
    problem = password_problem(request, request.POST.get("proof", "")) if must_prove(request) else ""
    if problem:
        messages.error(request, f"Belum dilakukan. {problem}")
    return bool(problem)


def with_password(view: _View) -> _View:
    """Let a POST through only with the password in its field `proof`, unless it was typed a short time ago.

    Otherwise show the page again with what is wrong, and nothing is done.
    """

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_without_password(request):
            return redirect(page_before(request) or "office:home")
        return view(request, *args, **kwargs)

    return guarded


def after_password(view: _View) -> _View:
    """Ask for the password before a page whose forms change rights. A form opened in time may be sent later."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if must_prove(request, later=WRITING if request.method == "POST" else timedelta()):
            return redirect(f"{reverse('office:prove')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return guarded
