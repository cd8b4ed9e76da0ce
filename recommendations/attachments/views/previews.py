"""Show a file of a submission page by page in the browser, or download it unchanged."""

import io
from typing import Any

from celery import Task
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from office.nudges import nudge
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_view, submission_of
from recommendations.attachments.actions import drawing_again
from recommendations.attachments.originals import OriginalLost, original
from recommendations.attachments.previews import draw_again, is_kept, shown_page
from recommendations.attachments.tasks import draw_attachment
from recommendations.models import Attachment, Submission
from recommendations.models.files import KeptFile
from recommendations.uploads.pages import NoSuchPage, page_number

BACK = {
    # word in the address: the page that the reader came from, and the permission to open that page
    "lampiran": ("recommendations:attachments", "recommendations.record_submission"),
    "periksa": ("recommendations:examine", "recommendations.examine_submission"),
}


def _mine(request: StaffRequest, pk: int) -> Attachment:
    seen = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("submission__applicant__agency", "uploaded_by"), pk=pk)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def attachment_preview(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one page of a file (`?halaman=2`), and the list of the other files.

    `?dari=` names the page that the reader came from. Answer 409 when the file is missing or changed.
    """
    attachment = _mine(request, pk)
    read = reading(attachment, request, about="attachment", task=draw_attachment)
    context = {
        "attachment": attachment,
        "submission": attachment.submission,
        "files": _siblings(attachment.submission),
        "label": attachment.label,
        "reading": read,
    } | _way_back(request, attachment.submission)
    status = 409 if read["problem"] else 200
    return render(request, "recommendations/attachments/attachment_preview.html", context, status=status)


def reading(kept: KeptFile, request: StaffRequest, *, about: str, task: Task) -> dict[str, Any]:
    """Return what _preview_pages.html shows of a file: the page asked for, or the reason why it cannot be shown.

    `about` is the kind of the file in the names of its addresses. `task` draws the pages again when the picture of this
    page is lost.
    """
    problem = ""
    try:
        original(kept)  # the pictures of a file that is lost or changed are not shown
    except Refused as refusal:
        problem = str(refusal)
    page = page_number(request.GET.get("halaman", ""), kept.shown_pages)
    if kept.shown_pages and not problem and not is_kept(kept, page):
        draw_again(kept)
        nudge(task, kept.pk)
    return {
        "file": kept,
        "page": page,
        "page_count": kept.shown_pages,
        "problem": problem,
        "picture_url": reverse(f"recommendations:{about}_page", args=[kept.pk, page]),
        "is_being_drawn": not (kept.is_drawn or kept.why_stuck or problem),
        "again_url": reverse(f"recommendations:draw_{about}_again", args=[kept.pk]),
    }


def _way_back(request: StaffRequest, submission: Submission) -> dict[str, str]:
    word = request.GET.get("dari", "")
    page, permission = BACK.get(word, ("", ""))
    if not (page and request.user.has_perm(permission)):
        word, page = "", "recommendations:submission_detail"
    return {"came_from": word, "back": reverse(page, args=[submission.pk])}


@require_POST
@may_view
def draw_attachment_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try to draw the pages of a stuck file again. Redirect to its page, which shows the result."""
    attachment = _mine(request, pk)
    drawing_again.draw_attachment_again(attachment)
    return redirect("recommendations:attachment_preview", attachment.pk)


@require_safe
@may_view
def attachment_first(request: StaffRequest, pk: int) -> HttpResponse:
    """Redirect to the first file of a submission, or to the submission when it has no file."""
    submission = submission_of(request, pk)
    first = next(iter(_siblings(submission)), None)
    if first is None:
        return redirect("recommendations:submission_detail", pk)
    came_from = {"dari": request.GET["dari"]} if request.GET.get("dari") in BACK else None
    return redirect(reverse("recommendations:attachment_preview", args=[first.pk], query=came_from))


def _siblings(submission: Submission) -> list[Attachment]:
    """Return all files of the submission, in the order of the kinds."""
    order = [kind.id for kind in submission.instrument.attachments]
    files = list(submission.attachments.all())
    for file in files:
        file.submission = submission
    return sorted(files, key=lambda file: order.index(file.kind) if file.kind in order else len(order))


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def attachment_page(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Answer with one page of a file as a picture."""
    return page_answer(_mine(request, pk), n)


def page_answer(kept: KeptFile, number: int) -> HttpResponse:
    """Return the response with one page as JPEG. Raise Http404 when there is no such page, or the file is lost."""
    if not kept.file.storage.exists(kept.file.name):
        raise Http404
    try:
        picture = shown_page(kept, number)
    except NoSuchPage as problem:
        raise Http404 from problem
    return HttpResponse(picture, content_type="image/jpeg")


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def attachment_download(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """Download the unchanged file under its own name. Show the preview page when the file is missing or changed."""
    try:
        return as_it_came(_mine(request, pk))
    except OriginalLost:
        return attachment_preview(request, pk)  # this page says what is wrong


def as_it_came(kept: KeptFile) -> FileResponse:
    """Return the original as a download, which the browser saves and does not open. Raise OriginalLost."""
    content = io.BytesIO(original(kept))
    answer = FileResponse(content, as_attachment=True, filename=kept.name, content_type=kept.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
