"""The pages on which answers that were given on paper are imported: choose a file, preview, confirm, take back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.fields import answer_status
from office.models import Service
from office.refusals import Refused
from office.requests import StaffRequest
from office.seals import TOO_OLD
from ratings import paper_actions
from ratings.ikm import nrr, tally_of, to_two_decimals
from ratings.instruments import SKM_9
from ratings.models import PaperBatch
from ratings.paper_forms import PaperFileForm, ShownPaper, TakeBackForm

PER_PAGE = 25
imports_paper = permission_required("ratings.import_paper_answers", raise_exception=True)


@imports_paper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: StaffRequest) -> HttpResponse:
    """Ask for a file and show the earlier imports; with a file, show what would be imported."""
    form = PaperFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        shown = form.shown
        try:
            paper_actions.must_be_importable(day=shown.on, sha256=shown.sha256, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "ratings/paper_preview.html", _preview(form, shown))
    batches = PaperBatch.objects.select_related("service", "by")
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ratings/paper_list.html", {"form": form, "page": page}, status=answer_status(form))


def _preview(form: PaperFileForm, shown: ShownPaper) -> dict[str, Any]:
    tally = tally_of(form.read.respondents)
    means = nrr(tally)
    service = form.cleaned_data["service"]
    return {
        "shown": shown,
        "service": service,
        "count": tally.n,
        "ignored": form.read.ignored,
        "sums": [(one.name, tally.sums[one.key], to_two_decimals(means[one.key])) for one in SKM_9.aspects],
        "others": PaperBatch.objects.filter(day=shown.on, service=service, taken_back_at=None),
    }


@imports_paper
@require_POST
def import_paper(request: StaffRequest) -> HttpResponse:
    """Import exactly the answers that the preview showed."""
    shown = ShownPaper.unsealed(request.POST.get("shown", ""))
    service = Service.objects.filter(pk=shown.service).first()
    if service is None:
        messages.error(request, f"{TOO_OLD} Pilih berkasnya lagi.")
        return redirect("ratings:paper_list")
    try:
        batch = paper_actions.import_paper_answers(
            shown.answers,
            file_name=shown.file_name,
            sha256=shown.sha256,
            day=shown.on,
            service=service,
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("ratings:paper_list")
    messages.success(request, f"{batch.rows} kuesioner kertas diimpor.")
    return redirect("ratings:paper_batch", batch.pk)


@imports_paper
@never_cache
@require_safe
def paper_batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one import with its history."""
    return _page(request, _batch(pk), TakeBackForm())


@imports_paper
@require_POST
def take_back_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a whole import back."""
    batch, form = _batch(pk), TakeBackForm(request.POST)
    if form.is_valid():
        try:
            paper_actions.take_back_paper_batch(batch, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Impor ditarik; penilaiannya dihapus.")
            return redirect("ratings:paper_batch", pk)
    return _page(request, batch, form)


def _batch(pk: int) -> PaperBatch:
    return get_object_or_404(PaperBatch.objects.select_related("service", "by"), pk=pk)


def _page(request: StaffRequest, batch: PaperBatch, form: TakeBackForm) -> HttpResponse:
    events = batch.events.select_related("by").order_by("-at", "-pk")
    context = {"batch": batch, "events": events, "form": form, "frozen": paper_actions.frozen_period(batch.day)}
    return render(request, "ratings/paper_batch.html", context, status=answer_status(form))
