"""Examining a recorded round: reading it line by line, remarks, then returned or verified."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from office.models import DayOff, Office
from recommendations.actions import examination
from recommendations.actions.duplicates import DuplicateUndecided, IsDuplicate
from recommendations.actions.examination import CorrectionsOpen, NothingToCorrect
from recommendations.due_meter import clock_of, meter
from recommendations.examined import Line, lines_of
from recommendations.forms.examination import RemarkForm
from recommendations.instruments.structure import UnknownItem
from recommendations.models import FindingDecision, Remark, Round, Submission, Unlock
from recommendations.rulebook import rulebook_of
from recommendations.views.similar import comparison
from recommendations.workflow import Move, MoveNotAllowed

TOLD = {"remarks": Remark, "decisions": FindingDecision, "unlocks": Unlock}
"""What is told at the lines of a round, each with who wrote it."""
SHOWN = {"catatan": lambda line: line.remarks, "berubah": lambda line: line.change}


@require_safe
@permission_required("recommendations.examine_submission", raise_exception=True)
def examine(request: HttpRequest, pk: int) -> HttpResponse:
    """The examined round line by line, with a remark form at each; nothing to read before one is recorded."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user).with_people(), pk=pk)
    rounds = _recorded(submission)
    if not rounds:
        return redirect("recommendations:submission_detail", pk)
    return render(request, "recommendations/examine.html", _reading(submission, rounds, request.GET.get("tampil", "")))


def _recorded(submission: Submission) -> list[Round]:
    told = (Prefetch(name, model.objects.select_related("by")) for name, model in TOLD.items())
    rounds = list(submission.rounds.recorded().prefetch_related(*told))
    for one in rounds:
        one.submission = submission
        for remark in one.remarks.all():
            remark.round = one
    return rounds


def _reading(submission: Submission, rounds: list[Round], shown: str) -> dict[str, Any]:
    """What the page shows of the last of `rounds`; `shown` chooses lines and stays in the address."""
    office, examined = Office.objects.current(), rounds[-1]
    broken = rulebook_of(examined, office).findings(submission.instrument, examined.answers)
    lines, shown = lines_of(submission.instrument, rounds, broken), shown if shown in SHOWN else ""
    can_decide = Move.VERIFY in submission.possible_moves
    facts = {"today": timezone.localdate(), "total": office.promise_days}
    return (
        {
            "office": office,
            "submission": submission,
            "round": examined,
            "lines": [line for line in lines if not shown or SHOWN[shown](line)],
            "shown": shown,
            "due": meter(submission.status, clock_of(examined), days_off=DayOff.objects.names().keys(), **facts),
            "can_decide": can_decide,
            "attachment_count": submission.attachments.count(),
        }
        | _counts(lines)
        | comparison(examined, can_decide=can_decide)
    )


def _counts(lines: list[Line]) -> dict[str, Any]:
    """What the chips and the decision bar count: always the whole form, whatever is shown."""
    open_lines = [line for line in lines if line.corrections]
    corrections = sum(line.corrections for line in lines)
    return {
        "all_count": len(lines),
        "remarked_count": sum(bool(line.remarks) for line in lines),
        "changed_count": sum(bool(line.change) for line in lines),
        "correction_count": corrections,
        "advice_count": sum(len(line.remarks) for line in lines) - corrections,
        "correction_places": ", ".join(line.rincian.reference for line in open_lines),
    }


@require_POST
@permission_required("recommendations.examine_submission", raise_exception=True)
def write_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, change or take back the remark on one item; htmx draws its line anew from the page it is led to."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _refused(request, submission, next(iter(form.errors.values()))[0])
    item_id, kind, text = (form.cleaned_data[name] for name in ("item", "kind", "text"))
    try:
        examination.write_remark(submission, item_id=item_id, kind=kind, text=text, by=request.user)
    except (UnknownItem, MoveNotAllowed) as problem:
        return _refused(request, submission, str(problem))
    line = submission.instrument.rincian_of(item_id)
    return redirect(reverse("recommendations:examine", args=[pk]) + f"#p-{line.id}")


def _refused(request: HttpRequest, submission: Submission, words: str) -> HttpResponse:
    """Say why on the whole page, also when htmx asked for a part of it."""
    messages.error(request, words)
    page = reverse("recommendations:examine", args=[submission.pk])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


@require_POST
@permission_required("recommendations.examine_submission", raise_exception=True)
def return_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The visitor improves the form: the slip is owed, the next round opens."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    try:
        opened = examination.return_to_applicant(submission, by=request.user)
    except (NothingToCorrect, MoveNotAllowed) as problem:
        messages.error(request, str(problem))
        return redirect("recommendations:examine", pk)
    messages.success(request, f"Permohonan {submission.register} dikembalikan. Putaran {opened.number} siap direkam.")
    return redirect("recommendations:submission_detail", pk)


@require_POST
@permission_required("recommendations.examine_submission", raise_exception=True)
def verify_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The form is fit: it goes on to the Kepala."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    try:
        examination.verify(submission, by=request.user)
    except (CorrectionsOpen, DuplicateUndecided, IsDuplicate, MoveNotAllowed) as problem:
        messages.error(request, str(problem))
        return redirect("recommendations:examine", pk)
    messages.success(request, f"Permohonan {submission.register} diverifikasi dan menunggu Kepala.")
    return redirect("recommendations:submission_detail", pk)
