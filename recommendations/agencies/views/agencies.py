"""Pages of the agencies: the list, one agency with names, contacts, submissions and history, and its changes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import tidy_line, with_full_stop
from recommendations.access import may_add_agency, may_change_agency, may_record, may_view_agency
from recommendations.agencies.actions import agencies as actions
from recommendations.agencies.forms.agencies import AgencyForm, AliasForm, GovernmentForm
from recommendations.badges import STATE_BADGES
from recommendations.models import Agency, AgencyAlias, AgencyEvent, Applicant, Submission
from recommendations.models.agencies import AgencyQuerySet
from recommendations.workflow import Status

A_PAGE = 25
NEWEST = 20
SCOPES = {
    "aktif": ("Aktif", Q(is_active=True)),
    "periksa": ("Perlu diperiksa", Q(is_active=True, needs_check=True)),
    "lama": ("Tidak dipakai", Q(is_active=False)),
}


@require_safe
@may_view_agency
def agency_list(request: StaffRequest) -> HttpResponse:
    """Show the agencies by name, filtered by the scope, kind and search words in the address."""
    scope = request.GET.get("lingkup", "aktif")
    scope = scope if scope in SCOPES else "aktif"
    kind = request.GET.get("jenis", "")
    words = tidy_line(request.GET.get("cari", ""))
    found = Agency.objects.matching(words) if words else Agency.objects.all()
    found = found.filter(kind=kind) if kind in Agency.Kind else found
    page = Paginator(_in_order(found.filter(SCOPES[scope][1])), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "scopes": _scopes(found, scope),
        "kinds": Agency.Kind.choices,
        "kind": kind,
        "words": words,
        "page": page,
    }
    return render(request, "recommendations/agencies/agency_list.html", context)


def _in_order(found: AgencyQuerySet) -> AgencyQuerySet:
    rows = found.select_related("merged_into").prefetch_related("aliases")
    return rows.with_counts().order_by("name", "pk")


def _scopes(found: AgencyQuerySet, chosen: str) -> list[dict[str, Any]]:
    counts = found.aggregate(**{key: Count("pk", filter=rule) for key, (_, rule) in SCOPES.items()})
    return [
        {"key": key, "name": name, "count": counts[key], "is_chosen": key == chosen}
        for key, (name, _) in SCOPES.items()
    ]


@require_safe
@may_view_agency
def agency_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one agency; its contacts and submissions only to a user who may see submissions."""
    rows = Agency.objects.with_counts().select_related("merged_into").prefetch_related("aliases", "merged")
    agency = get_object_or_404(rows, pk=pk)
    contacts = Applicant.objects.visible_to(request.user).filter(agency=agency).order_by("-is_active", "name")
    submissions = Submission.objects.visible_to(request.user).filter(applicant__agency=agency).with_people()
    events = agency.events.select_related("by").order_by("-at", "-pk")
    if not request.user.has_perm("recommendations.view_submission"):
        events = events.exclude(what=AgencyEvent.What.CONTACT)  # these events name persons
    context = {
        "agency": agency,
        "alias_form": AliasForm(),
        "contacts": contacts,
        "submissions": [_with_badge(one) for one in submissions[:NEWEST]],
        "events": events,
    }
    return render(request, "recommendations/agencies/agency_detail.html", context)


def _with_badge(submission: Submission) -> dict[str, Any]:
    kind, icon = STATE_BADGES[Status(submission.status)]
    return {"submission": submission, "state": {"kind": kind, "icon": icon}}


@require_http_methods(["GET", "HEAD", "POST"])
@may_add_agency
def agency_add(request: StaffRequest) -> HttpResponse:
    """Show the form of a new agency. Save the agency, before it has a submission."""
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agency = actions.create_agency(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{agency} dicatat.")
            return redirect("recommendations:agency_detail", agency.pk)
    return render(request, "recommendations/agencies/agency_edit.html", {"form": form, "agency": None})


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_agency
def agency_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form of an agency. Save its new names and facts."""
    agency = get_object_or_404(Agency.objects.current(), pk=pk)
    form = AgencyForm(request.POST or None, instance=Agency.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_agency(agency, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Data instansi tersimpan. Nama sebelumnya tetap dapat dicari.")
            return redirect("recommendations:agency_detail", pk)
    return render(request, "recommendations/agencies/agency_edit.html", {"form": form, "agency": agency})


@require_POST
@may_record
def note_government(request: StaffRequest, pk: int) -> HttpResponse:
    """Save whether the agency is a government body: the service is for government bodies."""
    agency = get_object_or_404(Agency.objects.current(), pk=pk)
    form = GovernmentForm(request.POST)
    form.is_valid()
    try:
        actions.note_government(agency, is_government=form.cleaned_data["is_government"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Keterangan {agency} tersimpan.")
    return redirect("recommendations:agency_detail", pk)


@require_POST
@may_change_agency
def add_alias(request: StaffRequest, pk: int) -> HttpResponse:
    """Save another name by which the agency is found."""
    agency = get_object_or_404(Agency.objects.current(), pk=pk)
    form = AliasForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["name"][0]))
        return redirect("recommendations:agency_detail", pk)
    try:
        actions.add_alias(agency, name=form.cleaned_data["name"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, with_full_stop(f"“{form.cleaned_data['name']}” sekarang menemukan {agency}"))
    return redirect("recommendations:agency_detail", pk)


@require_POST
@may_change_agency
def remove_alias(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove a name that was given by mistake."""
    alias = get_object_or_404(AgencyAlias.objects.select_related("agency"), pk=pk)
    try:
        actions.remove_alias(alias, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, with_full_stop(f"“{alias}” dilepas dari {alias.agency}"))
    return redirect("recommendations:agency_detail", alias.agency_id)
