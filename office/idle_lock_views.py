"""Lock the own session and unlock it, type the password once more, and say that the desk is in use."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from office.idle_lock import LOCKED
from office.proof import must_prove, password_problem
from office.requests import StaffRequest

COVER = "X-Desk-Cover"
"""The header of a page that is covered: the id of the user whose page it is."""


@require_POST
def lock(request: StaffRequest) -> HttpResponse:
    """Lock the session, and lead to the form that unlocks it."""
    request.session[LOCKED] = True
    return redirect("office:unlock")


@require_POST
def stay_awake(request: StaffRequest) -> HttpResponse:
    """Answer nothing: the request itself says that the user is at work on a page that sends no other one."""
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: StaffRequest) -> HttpResponse:
    """Ask for the password of the user, and unlock the session."""
    if LOCKED not in request.session:
        return _led_on(request)
    return _asked(request, "office/unlock.html", _unlock)


def _unlock(request: StaffRequest) -> HttpResponse:
    del request.session[LOCKED]
    return _led_on(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: StaffRequest) -> HttpResponse:
    """Ask for the password once more, before a page that changes rights."""
    if not must_prove(request):
        return _led_on(request)
    return _asked(request, "office/prove.html", _led_on)


def _asked(request: StaffRequest, template: str, done: Callable[[StaffRequest], HttpResponse]) -> HttpResponse:
    """Show the form for the password, or take it."""
    problem = password_problem(request, request.POST.get("password", "")) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return done(request)
    context = {"problem": problem, "next": _following(request)}
    return render(request, template, context, status=422 if problem else 200)


def _following(request: StaffRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _led_on(request: StaffRequest) -> HttpResponse:
    """Answer 204 to a covered page of this user. Otherwise redirect to the next page, when it is one of ours."""
    if request.headers.get(COVER) == str(request.user.pk):
        return HttpResponse(status=204)
    following = _following(request)
    is_ours = url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure())
    return redirect(following if is_ours else "office:home")
