"""The service standard: the page and the paper for everybody, and the admin's page that changes and reviews it."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.cache import cached
from office.formats import long_date
from office.models import Office, ServiceStandard, StandardComponent, StandardQuestion
from office.paper import draw_pdf
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_change_office
from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.texts import listed
from reports.actions import change_standard, review_standard
from reports.forms import StandardForm, StandardQuestions, typed_questions, wrong_fields
from reports.standard import kept_promise, published_standard, standard_fingerprint, standard_html

DRAWN_FOR = 10 * 60
"""Seconds for which a process keeps the PDF of the same words."""


@login_not_required
@require_safe
def service_standard(request: HttpRequest) -> HttpResponse:
    """Show the standard to everybody: the promise, how it is kept this quarter, components, channels, forms."""
    kept = kept_promise(timezone.localdate())
    context = {
        "standard": published_standard(),
        "kept": kept,
        "figures": kept.figures,
        "instruments": INSTRUMENTS.values(),
    }
    return render(request, "reports/service_standard.html", context)


@login_not_required
@require_safe
def standard_pdf(request: HttpRequest) -> HttpResponse:
    """Show the standard as PDF on A4. The same words are drawn once in ten minutes, because everybody may ask."""
    html = standard_html(published_standard(), office=Office.objects.current(), today=timezone.localdate())
    key = f"standard-{hashlib.sha256(html.encode()).hexdigest()}"
    content = cached(key, lambda: draw_pdf(html), seconds=DRAWN_FOR)
    headers = {"Content-Disposition": 'inline; filename="Standar pelayanan.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_office
def standard_edit(request: StaffRequest) -> HttpResponse:
    """Show the forms of the standard. POST saves all of them, or nothing.

    When the stored standard changed meanwhile, the page keeps what was typed, and names the fields that differ from
    what is stored now: saving again is a decision about these.
    """
    fingerprint = request.POST.get("shown") or standard_fingerprint()  # before what is shown is read
    standard, asked = ServiceStandard.objects.current(), _asked()
    form = StandardForm(request.POST or None, instance=standard, texts=StandardComponent.objects.texts())
    rows = StandardQuestions(request.POST or None, prefix="tanya", initial=asked)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        questions = typed_questions(rows)
        has_other = questions != [(row["question"], row["answer"]) for row in asked]
        changed = [*form.changed_labels, *(["Pertanyaan"] if has_other else [])]
        shown = request.POST.get("shown", "")
        try:
            change_standard(
                form.instance, texts=form.texts, questions=questions, changed=changed, shown=shown, by=request.user
            )
        except Refused as refusal:
            messages.error(request, f"{refusal} {_differing(changed)}")
            fingerprint = standard_fingerprint()
        else:
            messages.success(request, "Standar pelayanan disimpan. Halaman publik sudah memuatnya.")
            return redirect("reports:standard_edit")
    context = {
        "form": form,
        "rows": rows,
        "problems": wrong_fields(form, rows),
        "reviewed_on": form.instance.reviewed_on,
        "shown": fingerprint,
    }
    return render(request, "reports/standard_edit.html", context)


def _differing(labels: list[str]) -> str:
    """Return in words which typed fields differ from what is stored now."""
    if not labels:
        return "Ketikan Anda sama dengan yang tersimpan sekarang."
    return (
        f"Ketikan Anda masih ada di bawah dan berbeda dari yang tersimpan sekarang pada: {listed(labels)}. "
        "Bandingkan dengan halaman publik; Simpan menggantinya dengan ketikan Anda."
    )


def _asked() -> list[dict[str, str | int]]:
    pairs = StandardQuestion.objects.pairs()
    return [{"position": place, "question": one, "answer": told} for place, (one, told) in enumerate(pairs, start=1)]


@require_POST
@may_change_office
def standard_reviewed(request: StaffRequest) -> HttpResponse:
    """Note that the office reviewed its standard today."""
    try:
        day = review_standard(by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Dicatat: standar pelayanan ditinjau {long_date(day)}.")
    return redirect("reports:standard_edit")
