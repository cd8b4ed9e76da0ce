"""Show a recorded round to the examiner, and save remarks on it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from office.fields import first_error
from office.models import DayOff, Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_examine, submission_of
from recommendations.archive.views import comparison, not_compared
from recommendations.examination.actions import examining
from recommendations.examination.forms.remarks import RemarkForm
from recommendations.examination.lines import ReadLine, parts_of, read_lines
from recommendations.examination.page_seal import ShownRound, key_of, shown_round
from recommendations.examination.phrases import library
from recommendations.examination.remarks import annex_advice
from recommendations.models import FindingDecision, Opinion, Remark, Round, Submission, Unlock
from recommendations.promise.due_meter import clock_of, meter
from recommendations.promise.views.lateness import late_form, typed_reason
from recommendations.rulebook import rulebook_of
from recommendations.workflow import Move

SHOWN = {"catatan": lambda line: line.remarks or line.to_settle, "berubah": lambda line: line.change}
PART = "recommendations/examination/_examine_part.html"


@require_safe
@may_examine
def examine(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the examined round line by line, with a remark form at each. Redirect without a recorded round.

    The page loads the comparison with the archive afterwards. Without script, `?banding=1` shows it with the page.
    """
    return examine_page(request, pk, only=request.GET.get("tampil", ""))


def examine_page(
    request: StaffRequest, pk: int, *, only: str = "", saved: str = "", changes: Sequence[str] = ()
) -> HttpResponse:
    """Show the page. `only` is the filter of lines, `saved` the `key_of` a remark that htmx saved there.

    `changes` are the sentences about what has changed since a page on which the examiner decided.
    """
    opinions = Prefetch("opinions", Opinion.objects.select_related("by"))
    found = Submission.objects.visible_to(request.user).with_people().annotate(file_count=Count("attachments"))
    submission = get_object_or_404(found.prefetch_related(opinions), pk=pk)
    rounds = _recorded(submission)
    if not rounds:
        return redirect("recommendations:submission_detail", pk)
    context = _reading(submission, rounds, only)
    # a POST is compared at once: its page does not load more. A decided submission shows the stored comparison.
    compares = "banding" in request.GET or request.htmx or request.method == "POST" or not context["can_decide"]
    compared = (comparison if compares else not_compared)(rounds[-1], can_decide=context["can_decide"])
    context |= {"comparison": compared, "is_compared": compares, "is_opened": "banding" in request.GET}
    context |= _decision(context, request) | {"changes": changes, "seal": _seal(request, context["now"], saved)}
    is_part = "bagian" in request.GET and request.htmx
    return render(request, PART if is_part else "recommendations/examination/examine.html", context)


def _seal(request: StaffRequest, now: ShownRound, saved: str) -> str:
    """Return what the page shows, sealed. htmx replaces one remark, so that the others are as they were read."""
    if not saved:
        return now.sealed()
    return ShownRound.unsealed(request.POST.get("shown", "")).after_saving(saved, now).sealed()


def _recorded(submission: Submission) -> list[Round]:
    """Return the recorded rounds with remarks, decisions and unlocks, and the users who wrote them."""
    found = submission.rounds.recorded().select_related("first_reader", "duplicate_check__by")
    remarks = Prefetch("remarks", Remark.objects.select_related("by", "accepted_by"))
    decisions = Prefetch("decisions", FindingDecision.objects.select_related("by"))
    rounds = list(found.prefetch_related(remarks, decisions, Prefetch("unlocks", Unlock.objects.select_related("by"))))
    for one in rounds:
        one.submission = submission
        for remark in one.remarks.all():
            remark.round = one
    return rounds


def _reading(submission: Submission, rounds: list[Round], shown: str) -> dict[str, Any]:
    """Return what the page shows of the last of `rounds`. `shown` is the filter of lines in the address."""
    office, examined = Office.objects.current(), rounds[-1]
    broken = rulebook_of(examined, office).findings(submission.instrument, examined.answers)
    lines, shown = read_lines(submission.instrument, rounds, broken), shown if shown in SHOWN else ""
    file_count = vars(submission)["file_count"]  # counted by the query
    can_decide = Move.VERIFY in submission.possible_moves
    today, days_off = timezone.localdate(), DayOff.objects.names().keys()
    due = meter(submission.status, clock_of(examined), today=today, total=office.promise_days, days_off=days_off)
    parts = parts_of([line for line in lines if not shown or SHOWN[shown](line)])
    return {
        "office": office,
        "submission": submission,
        "round": examined,
        "parts": parts,
        "now": shown_round(submission, rounds, office, file_count=file_count),
        "lines": [line for part in parts for line in part.lines],
        "shown": shown,
        "due": due,
        "can_decide": can_decide,
        "attachment_count": file_count,
        "opinions": submission.opinions.all(),
        "phrases": library(submission.instrument) if can_decide else [],
    } | _counts(lines, rounds)


def _counts(lines: list[ReadLine], rounds: list[Round]) -> dict[str, Any]:
    """Return the counts for the chips and the decision bar: of the whole form, also while lines are filtered."""
    remarks = [remark for one in rounds for remark in one.remarks.all()]
    asked = [line.rincian for line in lines if line.corrections]
    return {
        "all_count": len(lines),
        "remarked_count": sum(bool(SHOWN["catatan"](line)) for line in lines),
        "changed_count": sum(bool(line.change) for line in lines),
        "correction_count": sum(line.corrections for line in lines),
        "advice_count": len(annex_advice(rounds)),
        "answered_count": sum(remark.is_correction and remark.state == Remark.State.ANSWERED for remark in remarks),
        "accepted_count": sum(remark.state == Remark.State.ACCEPTED for remark in remarks),
        "correction_places": ", ".join(rincian.reference or rincian.label for rincian in asked),
    }


def _decision(context: dict[str, Any], request: StaffRequest) -> dict[str, Any]:
    """Return whose turn it is when the office requires two readers, and the form for a late reason (or None)."""
    examined = context["round"]
    first = examined.first_reader if context["office"].two_readers else None
    return {
        "first_reader": first,
        "waits_for_another": bool(first) and first == request.user,
        "is_first_reading": context["office"].two_readers and first is None,
        "late_form": late_form(examined, typed=typed_reason(request)[0]),
    }


@require_POST
@may_examine
def write_remark(request: StaffRequest, pk: int) -> HttpResponse:
    """Save or delete the remark on one item, then show its line. htmx replaces the line and the counts."""
    submission = submission_of(request, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _refused(request, submission, first_error(form))
    item_id, kind, text = (form.cleaned_data[name] for name in ("item", "kind", "text"))
    try:
        examining.write_remark(submission, item_id=item_id, kind=kind, text=text, by=request.user)
    except Refused as refusal:
        return _refused(request, submission, str(refusal))
    return _to_line(request, submission, item_id, number=submission.rounds.recorded().count())


def _to_line(request: StaffRequest, submission: Submission, item_id: str, *, number: int) -> HttpResponse:
    """Redirect to the item's line, with the same filter of lines. htmx gets the page at once; it replaces the line.

    `number` is the number of the remark's round.
    """
    only = request.POST.get("tampil", "")
    if request.htmx:
        return examine_page(request, submission.pk, only=only, saved=key_of(number, item_id))
    shown = {"tampil": only} if only in SHOWN else None
    page = reverse("recommendations:examine", args=[submission.pk], query=shown)
    return redirect(f"{page}#p-{submission.instrument.rincian_of(item_id).id}")


def _refused(request: StaffRequest, submission: Submission, words: str) -> HttpResponse:
    """Redirect to the page with the message `words`. htmx gets the words alone, so that the typed text stays."""
    if request.htmx:
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, words)
    return redirect("recommendations:examine", submission.pk)


@require_POST
@may_examine
def accept_remark(request: StaffRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Accept a remark."""
    return _settle(request, pk, remark_pk, examining.accept_remark)


@require_POST
@may_examine
def unaccept_remark(request: StaffRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Undo the acceptance of a remark."""
    return _settle(request, pk, remark_pk, examining.unaccept)


def _settle(request: StaffRequest, pk: int, remark_pk: int, action: Callable[..., Remark]) -> HttpResponse:
    submission = submission_of(request, pk)
    try:
        remark = action(submission, Remark(pk=remark_pk), by=request.user)
    except Refused as refusal:
        return _refused(request, submission, str(refusal))
    return _to_line(request, submission, remark.item, number=remark.round.number)
