"""The second step of a sign-in, and the page on which its owner switches it on and off."""

import segno
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from office.last_seen import DUE
from office.lock_out import account_key, paused_until
from office.models import Office, SecondFactor, User
from office.models.people import ROLES_BACKEND
from office.refusals import Refused
from office.requests import StaffRequest
from office.second_factor_actions import (
    WrongCode,
    begin_factor,
    confirm_factor,
    remove_factor,
    reset_factor,
    secret_of,
    spend_code,
)
from office.welcome import welcome

WAITING, WAITS_FOR = "second_step", 10 * 60
"""In the session: whose password was right. It waits for the code for ten minutes."""


def wait_for_code(request: HttpRequest, user: User, following: str) -> HttpResponse:
    """Lead a user whose password was right to the second step. The user is not signed in yet."""
    kept = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": timezone.now().timestamp()}
    request.session[WAITING] = kept | {"next": following}
    return redirect("second_step")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code. Wrong ones count as wrong passwords do."""
    user, problem = _waiting(request), ""
    if user and request.method == "POST":
        problem = _take(request, user)
        if not problem:
            return _sign_in(request, user)
    return render(request, "office/second_step.html", {"problem": problem, "is_waiting": bool(user)})


def _waiting(request: HttpRequest) -> User | None:
    """Return whose password was right in this browser, or None when it is too long ago or has changed since."""
    kept = request.session.get(WAITING)
    if not kept or timezone.now().timestamp() - kept["at"] > WAITS_FOR:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == kept["hash"] else None


def _take(request: HttpRequest, user: User) -> str:
    """Spend the typed code. Return why it was refused, or ""."""
    credentials = {"username": user.username}
    if paused_until(account_key(request, credentials)):
        return "Terlalu sering salah. Tunggu sebentar, lalu mulai lagi dari halaman masuk."
    try:
        spend_code(user, code=request.POST.get("code", "")[:40])
    except WrongCode as refusal:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        return str(refusal)
    return ""


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    following = request.session.pop(WAITING)["next"]
    login(request, user, backend=ROLES_BACKEND)
    is_ours = url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure())
    return welcome(request, redirect(following if is_ours else "office:home"))


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: StaffRequest) -> HttpResponse:
    """Show the own second step, or take the first code of a telephone and show the recovery codes this once."""
    problem = ""
    if request.method == "POST":
        try:
            codes = confirm_factor(request.user, code=request.POST.get("code", "")[:40])
        except Refused as refusal:
            problem = str(refusal)
        else:
            request.session.pop(DUE, None)
            return render(request, "office/recovery_codes.html", {"codes": codes})
    return render(request, "office/second_factor.html", _facts(request, problem))


def _facts(request: StaffRequest, problem: str) -> dict[str, object]:
    factor = SecondFactor.objects.filter(user=request.user).first()
    secret = secret_of(factor) if factor and not factor.confirmed_at else ""
    return {
        "factor": factor,
        "secret": secret,
        "qr": segno.make(_address(request.user, secret)).svg_data_uri(border=2) if secret else "",
        "left": request.user.recovery_codes.filter(used_at=None).count(),
        "is_due": DUE in request.session,
        "problem": problem,
    }


def _address(user: User, secret: str) -> str:
    """Return what the telephone reads: the key URI format of authenticator apps."""
    issuer = Office.objects.current().name
    label = urlencode({"": f"{issuer}:{user.username}"})[1:].replace("+", "%20")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}).replace('+', '%20')}"


@require_POST
def begin_second_factor(request: StaffRequest) -> HttpResponse:
    """Make a secret for the user's telephone."""
    try:
        begin_factor(request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("office:second_factor")


@require_POST
def remove_second_factor(request: StaffRequest) -> HttpResponse:
    """Switch the own second step off, with one of its codes."""
    try:
        remove_factor(request.user, code=request.POST.get("code", "")[:40])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Langkah kedua dimatikan.")
    return redirect("office:second_factor")


@permission_required("office.change_user", raise_exception=True)
@require_POST
def reset_second_factor(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove the second step of somebody whose telephone is lost."""
    user = get_object_or_404(User, pk=pk)
    try:
        reset_factor(user, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Langkah kedua {user} diatur ulang; sesinya berakhir.")
    return redirect("office:account_events")
