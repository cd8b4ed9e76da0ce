"""Merging an agency into another: choose, see what would move, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from office.refusals import Refused
from office.requests import StaffRequest
from office.seals import MovedOn
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
            shown = merging.ShownMerge.unsealed(request.POST.get("shown", ""))
            moving = merging.merge_agency(agency, into=target, shown=shown, by=request.user)
            messages.success(request, f"{agency} digabung ke dalam {target}: {moving}.")
            return redirect("recommendations:agency_detail", into)
        moving = merging.what_would_move(agency, target)
    except MovedOn as refusal:
        messages.error(request, f"{refusal} Belum ada yang digabung. Baca lagi yang berpindah, lalu gabungkan.")
        return redirect("recommendations:merge_agency", pk, into)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:agency_detail", pk)
    context = {
        "agency": agency,
        "target": target,
        "moving": moving,
        "aliases": agency.aliases.all(),
        "shown": merging.shown_merge(agency, target, moving).sealed(),
    }
    return render(request, "recommendations/agencies/agency_merge_confirm.html", context)
