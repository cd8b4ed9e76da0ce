"""Lock the own session, unlock it with the password, and say that the desk is in use."""

from axes.models import AccessAttempt
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from office.forms import SignInForm
from office.idle_lock import LOCKED
from office.lock_out import account_key
from office.requests import StaffRequest


@require_POST
def lock(request: StaffRequest) -> HttpResponse:
    """Lock the session, and lead to the form that unlocks it."""
    request.session[LOCKED] = True
    return redirect("office:unlock")


@require_POST
def stay_awake(request: StaffRequest) -> HttpResponse:
    """Answer nothing: the request itself says that the user is at work on a page that sends no other one."""
    return HttpResponse(status=204)


COVER = "X-Desk-Cover"
"""The header of a page that is covered: the id of the user whose page it is."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: StaffRequest) -> HttpResponse:
    """Ask for the password of the user. Wrong ones count as wrong passwords at the sign-in do."""
    following = request.POST.get("next") or request.GET.get("next") or ""
    if LOCKED not in request.session:
        return _unlocked(request, following)
    problem = ""
    if request.method == "POST":
        typed = {"username": request.user.username, "password": request.POST.get("password", "")}
        form = SignInForm(request, typed)
        if form.is_valid():
            AccessAttempt.objects.filter(username=account_key(request, typed)).delete()
            del request.session[LOCKED]
            return _unlocked(request, following)
        problem = " ".join(words for found in form.errors.values() for words in found)
    context = {"problem": problem, "next": following}
    return render(request, "office/unlock.html", context, status=422 if problem else 200)


def _unlocked(request: StaffRequest, following: str) -> HttpResponse:
    """Answer 204 to a covered page of this user. Otherwise redirect to the next page, when it is one of ours."""
    if request.headers.get(COVER) == str(request.user.pk):
        return HttpResponse(status=204)
    is_ours = url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure())
    return redirect(following if is_ours else "office:home")
