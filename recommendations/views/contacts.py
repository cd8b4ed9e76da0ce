"""The contact persons of an agency: their page, one more, and the choice of a known one when a submission is opened."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guestbook.models import Visit
from recommendations.actions.agencies import AgencyMerged
from recommendations.actions.applicants import EmailTaken, add_contact, change_contact
from recommendations.forms.applicants import KnownContactForm, known_account
from recommendations.models import Agency, Applicant
from recommendations.requirements import opening_requirements
from recommendations.views.emails import email_panel

MOST_ACCOUNTS = 20
may_record = permission_required("recommendations.record_submission", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_record
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more contact of an agency."""
    agency = get_object_or_404(Agency.objects.current(), pk=pk)
    form = KnownContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = add_contact(agency, **form.cleaned_data, by=request.user)
        except (EmailTaken, AgencyMerged) as problem:
            form.add_error("email", str(problem))
        else:
            messages.success(request, f"{account.name} dicatat sebagai kontak {agency}.")
            return redirect("recommendations:contact_edit", account.pk)
    context = {"form": form, "agency": agency, "account": None} | email_panel(None, "")
    return render(request, "recommendations/contact_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_record
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a contact, and whether the e-mail works."""
    people = Applicant.objects.visible_to(request.user).filter(agency__merged_into=None).select_related("agency")
    account = get_object_or_404(people, pk=pk)
    form = KnownContactForm(request.POST or None, initial=known_account(account))
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(account, **form.cleaned_data, by=request.user)
        except (EmailTaken, AgencyMerged) as problem:
            form.add_error("email", str(problem))
        else:
            messages.success(request, f"Data {form.cleaned_data['name']} tersimpan.")
            return redirect("recommendations:contact_edit", account.pk)
    context = {"form": form, "agency": account.agency, "account": account} | email_panel(account, request.path)
    return render(request, "recommendations/contact_edit.html", context)


@require_http_methods(["GET", "HEAD"])
@may_record
def account_choices(request: HttpRequest) -> HttpResponse:
    """The contacts of the agency that is being typed on the page that opens a submission."""
    number = request.GET.get("kunjungan", "")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 18
    visit = Visit.objects.select_related("visitor").filter(pk=int(number)).first() if is_number else None
    words = " ".join(request.GET.get("agency_name", "").replace("\0", "").split())
    return render(request, "recommendations/_accounts.html", account_panel(visit, None, words))


def account_panel(visit: Visit | None, account: Applicant | None, words: str) -> dict[str, Any]:
    """What `recommendations/_accounts.html` shows: requirements so far, and accounts found by agency."""
    agencies = Agency.objects.named(words)
    known = agencies or (Agency.objects.current().matching(words) if words else agencies)
    agency = account.agency if account else agencies[0] if len(agencies) == 1 else None
    return {
        "words": words,
        "account": account,
        "accounts": _accounts(known),
        "requirements": opening_requirements(visit, agency, account),
        "open_url": reverse("recommendations:submission_open") + (f"?kunjungan={visit.pk}&" if visit else "?"),
    }


def _accounts(agencies: QuerySet[Agency]) -> QuerySet[Applicant]:
    found = Applicant.objects.in_service().filter(agency__in=agencies.values("pk"))
    return found.select_related("agency")[:MOST_ACCOUNTS]
