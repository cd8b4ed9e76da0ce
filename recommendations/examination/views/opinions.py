"""Save, show, download and remove the opinions of the walidata."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from office.models import Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_examine, may_view, submission_of
from recommendations.attachments.actions.storing import NotStored
from recommendations.attachments.originals import OriginalLost
from recommendations.attachments.views.previews import as_it_came, page_answer, reading
from recommendations.examination.actions import opinions as actions
from recommendations.examination.actions.opinions import BEFORE_VERIFIED, note_opinion, remove_opinion
from recommendations.examination.forms.opinions import OpinionForm
from recommendations.examination.tasks import draw_opinion
from recommendations.models import Opinion, Submission
from recommendations.workflow import Move, MoveNotAllowed, Status


@may_examine
def opinion_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Show and save the form for an opinion. Redirect when the submission takes no opinion any more."""
    submission = submission_of(request, pk)
    if submission.status not in BEFORE_VERIFIED:
        messages.error(request, str(MoveNotAllowed(Move.OPINION, Status(submission.status))))
        return redirect("recommendations:submission_detail", pk)
    usual = {"source": f"Diskominfotik {Office.objects.current().city}"}
    form = OpinionForm(request.POST or None, request.FILES or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            opinion = note_opinion(submission, **form.facts(), by=request.user)
        except NotStored as problem:
            form.add_error("file", str(problem))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("recommendations:submission_detail", pk)
        else:
            messages.success(request, f"Pendapat {opinion.source} dicatat.")
            return redirect(_back(submission))
    return render(
        request,
        "recommendations/examination/opinion_add.html",
        {"submission": submission, "form": form, "back": _back(submission)},
    )


def _back(submission: Submission) -> str:
    """Return the address of the page that shows opinions: the examiner's page, else the submission's page."""
    name = "examine" if Move.VERIFY in submission.possible_moves else "submission_detail"
    return reverse(f"recommendations:{name}", args=[submission.pk])


def _mine(request: StaffRequest, pk: int) -> Opinion:
    seen = Opinion.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("submission__applicant__agency", "by"), pk=pk)


@require_POST
@may_examine
def opinion_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove an opinion that was saved by mistake."""
    opinion = _mine(request, pk)
    try:
        remove_opinion(opinion, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Pendapat {opinion.source} dihapus.")
    return redirect("recommendations:submission_detail", opinion.submission_id)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def opinion_preview(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the text of an opinion beside one page of its file (`?halaman=2`)."""
    opinion = _mine(request, pk)
    read = reading(opinion, request, about="opinion", task=draw_opinion)
    context = {
        "opinion": opinion,
        "submission": opinion.submission,
        "came_from": "",
        "label": str(opinion),
        "reading": read,
    }
    status = 409 if read["problem"] else 200
    return render(request, "recommendations/examination/opinion_preview.html", context, status=status)


@require_POST
@may_view
def draw_opinion_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try to draw the pages of a stuck file again. Redirect to its page, which shows the result."""
    opinion = _mine(request, pk)
    actions.draw_opinion_again(opinion)
    return redirect("recommendations:opinion_preview", opinion.pk)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def opinion_page(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Show one page of the file as a picture. Raise Http404 when there is no such page."""
    return page_answer(_mine(request, pk), n)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def opinion_download(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """Download the unchanged file under its own name. When it is lost, show the page that says so."""
    try:
        return as_it_came(_mine(request, pk))
    except OriginalLost:
        return opinion_preview(request, pk)  # its page says what is wrong
