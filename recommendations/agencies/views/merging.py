"""Merging an agency into another: choose, see what would move, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import tidy_line
from recommendations.access import may_change_agency
from recommendations.agencies.actions import merging
from recommendations.models import Agency

MOST = 20


@require_safe
@may_change_agency
def merge_choose(request: StaffRequest, pk: int) -> HttpResponse:
    """Show agencies to merge into: those that the search words find; without search words, those of the same kind."""
    agency = get_object_or_404(Agency.objects.current(), pk=pk)
    words = tidy_line(request.GET.get("cari", ""))
    others = Agency.objects.current().exclude(pk=pk)
    found = others.matching(words) if words else others.filter(kind=agency.kind)
    context = {
        "agency": agency,
        "words": words,
        "others": found.with_counts().prefetch_related("aliases").order_by("name")[:MOST],
    }
    return render(request, "recommendations/agencies/agency_merge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_agency
def merge_agency(request: StaffRequest, pk: int, into: int) -> HttpResponse:
    """Show what a merge would move. Merge when the user confirms."""
    agency, target = get_object_or_404(Agency, pk=pk), get_object_or_404(Agency, pk=into)
    try:
        if request.method == "POST":
            moving = merging.merge_agency(agency, into=target, by=request.user)
            messages.success(request, f"{agency} digabung ke dalam {target}: {moving}.")
            return redirect("recommendations:agency_detail", into)
        moving = merging.what_would_move(agency, target)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:agency_detail", pk)
    context = {"agency": agency, "target": target, "moving": moving, "aliases": agency.aliases.all()}
    return render(request, "recommendations/agencies/agency_merge_confirm.html", context)
