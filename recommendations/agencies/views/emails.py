"""Confirm an applicant's e-mail: by the code at the counter, the link on the applicant's screen, the officer's word."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.fields import first_error
from office.mail_badges import mail_facts
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_record
from recommendations.agencies.actions import emails
from recommendations.agencies.actions.emails import EmailCodeRefused
from recommendations.agencies.forms.emails import CodeForm, OtherWayForm
from recommendations.models import Applicant


def email_panel(account: Applicant, back: str) -> dict[str, Any]:
    """Return what `_email_check.html` shows of an account. After its buttons the browser returns to `back`."""
    code = account.codes.select_related("mail").last()
    return {"contact": account, "code": code, "back": back, "mail": mail_facts(code.mail if code else None)}


@require_safe
@may_record
def email_state(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the state of the mail with the last code. The page asks again while the mail is under way."""
    account = get_object_or_404(Applicant.objects.visible_to(request.user), pk=pk)
    return render(request, "recommendations/agencies/_email_mail.html", {"email": email_panel(account, "")})


@require_POST
@may_record
def send_code(request: StaffRequest, pk: int) -> HttpResponse:
    """Mail a code to the account's e-mail."""
    account = get_object_or_404(Applicant.objects.visible_to(request.user), pk=pk)
    try:
        code = emails.send_code(account, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Kode dikirim ke {code.email}. Minta pemohon membacakannya.")
    return _back(request, account)


@require_POST
@may_record
def confirm_code(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that the e-mail works: the applicant has read the code out."""
    account = get_object_or_404(Applicant.objects.visible_to(request.user), pk=pk)
    done = f"E-mail {account.name} terbukti aktif."
    return _confirm(request, account, CodeForm(request.POST), emails.confirm_code, done)


@require_POST
@may_record
def confirm_otherwise(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that the e-mail works: the officer has checked it in another way, and writes how."""
    account = get_object_or_404(Applicant.objects.visible_to(request.user), pk=pk)
    done = f"E-mail {account.name} dicatat aktif beserta alasannya."
    return _confirm(request, account, OtherWayForm(request.POST), emails.confirm_otherwise, done)


def _confirm(
    request: StaffRequest, account: Applicant, form: Form, confirm: Callable[..., Applicant], done: str
) -> HttpResponse:
    """Confirm the account's e-mail with the fields of the form. Show the message `done`, or why it was refused."""
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _back(request, account)
    try:
        confirm(account, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(request, account)


def _back(request: StaffRequest, account: Applicant) -> HttpResponse:
    """Redirect to the page that had the button, never to another site."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if back.startswith("/") and is_ours:
        return redirect(f"{back}#e-mail")
    return redirect("recommendations:contact_edit", account.pk)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page behind the mailed link. Only its button confirms: mail programs open links by themselves."""
    is_known, is_confirmed = emails.link_of(token) is not None, False
    if request.method == "POST" and is_known:
        is_confirmed = _confirmed_by_link(token)
        is_known = is_confirmed
    context = {"is_known": is_known, "is_confirmed": is_confirmed}
    return render(request, "recommendations/agencies/confirm_email.html", context, status=200 if is_known else 404)


def _confirmed_by_link(token: str) -> bool:
    try:
        return emails.confirm_link(token) is not None
    except EmailCodeRefused:
        return False
