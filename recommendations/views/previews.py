"""A file of a submission: looked at page by page in the browser, or downloaded as it was handed in."""

import io

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from recommendations.models import Attachment, Submission
from recommendations.originals import OriginalLost, original
from recommendations.pages import NoSuchPage
from recommendations.previews import shown_page, shown_pages

BACK = {
    # word in the address: the page that the reader came from, and who may open that
    "lampiran": ("recommendations:attachments", "recommendations.record_submission"),
    "periksa": ("recommendations:examine", "recommendations.examine_submission"),
}
may_view = permission_required("recommendations.view_submission", raise_exception=True)


def _mine(request: HttpRequest, pk: int) -> Attachment:
    seen = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("submission__applicant__agency", "uploaded_by"), pk=pk)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def attachment_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of a file (`?halaman=2`), beside the other files; `?dari=` says where the reader came from."""
    attachment = _mine(request, pk)
    problem, count = "", 0
    try:
        original(attachment)  # what is shown was drawn of it, perhaps before it was lost
        count = shown_pages(attachment)
    except OriginalLost as lost:
        problem = str(lost)
    page = page_number(request.GET.get("halaman", ""), count)
    context = {
        "attachment": attachment,
        "submission": attachment.submission,
        "files": _siblings(attachment.submission),
        "page": page,
        "page_count": count,
        "problem": problem,
        "label": attachment.label,
        "shown_type": attachment.shown_type,
        "picture_url": reverse("recommendations:attachment_page", args=[pk, page]),
    } | _way_back(request, attachment.submission)
    return render(request, "recommendations/attachment_preview.html", context, status=409 if problem else 200)


def _way_back(request: HttpRequest, submission: Submission) -> dict[str, str]:
    word = request.GET.get("dari", "")
    page, permission = BACK.get(word, ("", ""))
    if not (page and request.user.has_perm(permission)):
        word, page = "", "recommendations:submission_detail"
    return {"came_from": word, "back": reverse(page, args=[submission.pk])}


@require_safe
@may_view
def attachment_first(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first file of a submission; to the submission when it has none."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    first = next(iter(_siblings(submission)), None)
    if first is None:
        return redirect("recommendations:submission_detail", pk)
    came_from = {"dari": request.GET["dari"]} if request.GET.get("dari") in BACK else None
    return redirect(reverse("recommendations:attachment_preview", args=[first.pk], query=came_from))


def _siblings(submission: Submission) -> list[Attachment]:
    """All files of the submission in the order of its kinds."""
    order = [kind.id for kind in submission.instrument.attachments]
    files = list(submission.attachments.all())
    for file in files:
        file.submission = submission
    return sorted(files, key=lambda file: order.index(file.kind) if file.kind in order else len(order))


def page_number(typed: str, count: int) -> int:
    """The page asked for in the address; 1 when there is no such page."""
    return int(typed) if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:4]) <= count else 1


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def attachment_page(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """One page as a picture that the desk has drawn."""
    try:
        picture = shown_page(_mine(request, pk), n)
    except (NoSuchPage, OriginalLost) as problem:
        raise Http404 from problem
    return HttpResponse(picture, content_type="image/jpeg")


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def attachment_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file under its own name, byte for byte as it was handed in, always as a download."""
    attachment = _mine(request, pk)
    try:
        content = io.BytesIO(original(attachment))
    except OriginalLost:
        return attachment_preview(request, pk)  # which says what is wrong
    answer = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
