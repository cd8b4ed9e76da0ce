"""Open a submission, from a visit or without one, for a known or a new contact."""

from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guestbook.models import Visit
from office.clock import ClockWentBack
from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import tidy_line
from recommendations.access import may_record
from recommendations.agencies.actions.contacts import register_applicant
from recommendations.agencies.forms.contacts import known_account, told_by_visitor
from recommendations.agencies.views.emails import email_panel
from recommendations.models import Agency, Applicant
from recommendations.submissions.actions.opening import FormOpenedOther, open_submission
from recommendations.submissions.forms.opening import SubmissionForm
from recommendations.submissions.requirements import opening_requirements

MOST_ACCOUNTS = 20
_Row = TypeVar("_Row", bound=Model)


@require_http_methods(["GET", "HEAD"])
@may_record
def account_choices(request: StaffRequest) -> HttpResponse:
    """Show the accounts of the agency that is being typed on the page that opens a submission."""
    number = request.GET.get("kunjungan", "")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 18
    visit = Visit.objects.select_related("visitor").filter(pk=int(number)).first() if is_number else None
    words = tidy_line(request.GET.get("agency_name", ""))
    return render(
        request, "recommendations/submissions/_accounts.html", {"accounts": account_panel(visit, None, words)}
    )


def account_panel(visit: Visit | None, account: Applicant | None, words: str) -> dict[str, Any]:
    """Return what `_accounts.html` shows: the requirements so far, and the accounts found by agency."""
    agencies = Agency.objects.named(words)
    known = agencies or (Agency.objects.current().matching(words) if words else agencies)
    agency = account.agency if account else agencies[0] if len(agencies) == 1 else None
    return {
        "words": words,
        "in_use": account,
        "found": _accounts(known),
        "facts": opening_requirements(visit, agency, account),
        "open_url": reverse("recommendations:submission_open") + (f"?kunjungan={visit.pk}&" if visit else "?"),
    }


def _accounts(agencies: QuerySet[Agency]) -> QuerySet[Applicant]:
    found = Applicant.objects.in_service().filter(agency__in=agencies.values("pk"))
    return found.select_related("agency")[:MOST_ACCOUNTS]


@may_record
def submission_open(request: StaffRequest) -> HttpResponse:
    """Show and save steps 3 and 4: the applicant, the account and the instrument, prefilled from the visit."""
    visit, account = _from_address(request, "kunjungan", Visit), _from_address(request, "akun", Applicant)
    form = SubmissionForm(request.POST or None, initial=_known(visit, account))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        opening = {"instrument_code": facts.pop("instrument_code"), "form_token": facts.pop("form_token")}
        try:
            applicant = register_applicant(**facts, by=request.user)
            submission = open_submission(applicant=applicant, visit=visit, by=request.user, **opening)
        except (ClockWentBack, FormOpenedOther) as refusal:
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error("agency_name", str(refusal))
        else:
            messages.success(request, f"Permohonan {submission.register} dibuka. Rekam formulirnya.")
            return redirect("recommendations:record", submission.pk)
    context = {"form": form, "visit": visit} | _choices(request, visit, account)
    return render(request, "recommendations/submissions/submission_open.html", context)


def _from_address(request: StaffRequest, name: str, model: type[_Row]) -> _Row | None:
    """Return the row whose pk is in the address, or None when it has none. Raise Http404 when there is no such row."""
    number = request.GET.get(name, "")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise Http404
    return get_object_or_404(model, pk=int(number))


def _known(visit: Visit | None, account: Applicant | None) -> dict[str, Any]:
    if account:
        return known_account(account)
    return told_by_visitor(visit.visitor) if visit else {}


def _choices(request: StaffRequest, visit: Visit | None, account: Applicant | None) -> dict[str, Any]:
    """Return the agencies to choose from, and the accounts found by the searched words or the visitor's agency."""
    told = account.agency.name if account else visit.visitor.agency if visit else ""
    words = tidy_line(request.GET.get("cari", told))
    return {
        "agencies": Agency.objects.filter(is_active=True),
        "opened": visit.submissions.all() if visit else [],
        "account": account,
        "accounts": account_panel(visit, account, words),
        "email": email_panel(account, request.get_full_path()) if account else None,
    }
