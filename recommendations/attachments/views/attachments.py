"""Show and change the surat pengantar and the files of a submission."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from guestbook.reception import as_qr
from office.models import Office
from office.refusals import Refused
from office.requests import HtmxRequest, StaffRequest
from recommendations.access import closed_to_recording, may_record, submission_of
from recommendations.attachments.actions.attaching import attach, detach, rekind
from recommendations.attachments.actions.cover_letter import write_cover_letter
from recommendations.attachments.forms import AttachmentForm, CoverLetterForm, KindForm
from recommendations.models import Attachment, Submission, UploadLink
from recommendations.recording.views.recording import navigation_context, open_round


@may_record
def attachments(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the last page of the recording: the surat pengantar and the files. POST saves one of the two forms.

    Each form has a field that the other has not, which says which one was sent.
    """
    submission = submission_of(request, pk)
    cover = CoverLetterForm(request.POST if "cover_number" in request.POST else None, initial=_cover_facts(submission))
    upload = AttachmentForm(
        request.POST if "kind" in request.POST else None,
        request.FILES or None,
        instrument=submission.instrument,
        initial={"kind": wanted_kind(submission)},
    )
    # the script gets the refusal as 422 from take_in, not a redirect
    if not submission.is_open_for_recording and not (upload.is_bound and request.htmx):
        return closed_to_recording(request, submission)
    if cover.is_bound and cover.is_valid():
        return _note_cover(request, submission, cover.cleaned_data)
    if upload.is_bound and (upload.is_valid() or request.htmx):
        take = partial(attach, submission, by=request.user)
        return take_in(request, upload, take, _page_of(submission))
    context = navigation_context(submission, open_round(submission))
    context |= {"files": files_panel(submission), "cover": cover, "upload": upload, "is_attachments": True}
    return render(request, "recommendations/attachments/attachments.html", context)


def take_in(request: HtmxRequest, upload: AttachmentForm, take: Callable[..., Attachment], page: str) -> HttpResponse:
    """Attach the files of `upload` with `take`.

    For the script return plain text: the problems with status 422, or else the successes. Otherwise redirect to `page`
    with both as messages.
    """
    done, problems = [], upload.refused if upload.is_valid() else _all_errors(upload)
    for paper in upload.papers if upload.is_valid() else []:
        try:
            done.append(f"{take(**paper).name} dilampirkan.")
        except Refused as refusal:
            problems.append(str(refusal))
    if request.htmx:
        words = "\n".join(problems or done)
        status = 422 if problems else 200
        plain = {"content_type": "text/plain; charset=utf-8", "headers": {"X-Attached": len(done)}}
        return HttpResponse(words, status=status, **plain)
    for words in done:
        messages.success(request, words)
    for words in problems:
        messages.error(request, words)
    return redirect(page)


def _all_errors(form: KindForm) -> list[str]:
    return [str(words) for errors in form.errors.values() for words in errors]


def _note_cover(request: StaffRequest, submission: Submission, facts: dict[str, Any]) -> HttpResponse:
    try:
        write_cover_letter(
            submission,
            number=facts["cover_number"],
            written_on=facts["cover_date"],
            signatory=facts["cover_signatory"],
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Surat pengantar tersimpan.")
    return redirect(_page_of(submission))


def _page_of(submission: Submission) -> str:
    return reverse("recommendations:attachments", args=[submission.pk])


def _cover_facts(submission: Submission) -> dict[str, Any]:
    return {name: getattr(submission, name) for name in ("cover_number", "cover_date", "cover_signatory")}


def wanted_kind(submission: Submission) -> str:
    """Return the id of the first required kind without a file, or else of the first optional kind."""
    there = set(submission.attachments.values_list("kind", flat=True))
    kinds = submission.instrument.attachments
    still = [kind.id for kind in kinds if kind.required and kind.id not in there]
    return (still or [kind.id for kind in kinds if not kind.required])[0]


def files_panel(submission: Submission) -> dict[str, Any]:
    """Return every kind, also one without files, and the open upload link. `state` changes when these change."""
    files = list(submission.attachments.select_related("uploaded_by").order_by("uploaded_at", "pk"))
    last = submission.rounds.recorded().last()
    for file in files:
        file.submission = submission
        file.is_free = last is None or file.uploaded_at > last.completed_at
    link = submission.upload_links.live(timezone.now()).select_related("submission").first()
    state = [(file.pk, file.kind, file.description) for file in files], link and link.pk, link and link.file_count
    return {
        "groups": [
            {"kind": kind, "files": [file for file in files if file.kind == kind.id]}
            for kind in submission.instrument.attachments
        ],
        "state": hashlib.sha256(repr(state).encode()).hexdigest()[:16],
        "phone": _phone_facts(link),
    }


def _phone_facts(link: UploadLink | None) -> dict[str, Any] | None:
    if link is None or link.why_closed:
        return None
    address = Office.objects.current().full_address(reverse("recommendations:phone_upload", args=[link.token]))
    left = int((link.until - timezone.now()).total_seconds())
    return {"link": link, "address": address, "qr": as_qr(address), "seconds": left}


@require_safe
@may_record
def attachment_files(request: StaffRequest, pk: int) -> HttpResponse:
    """Show only the files, for a page that waits for the telephone. Answer 204 when `?state=` is still the same.

    Redirect to the submission when its form can no longer be recorded.
    """
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return HttpResponseClientRedirect(reverse("recommendations:submission_detail", args=[pk]))
    files = files_panel(submission)
    if request.GET.get("state") == files["state"]:
        return HttpResponse(status=204)
    context = navigation_context(submission, open_round(submission)) | {"files": files, "oob": True}
    return render(request, "recommendations/attachments/_attachment_files.html", context)


@require_POST
@may_record
def attachment_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete a file that was attached by mistake."""
    attachment = _mine(request, pk)
    try:
        detach(attachment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{attachment.name} dilepas.")
    return redirect(_page_of(attachment.submission))


@require_POST
@may_record
def attachment_rekind(request: StaffRequest, pk: int) -> HttpResponse:
    """Save another kind and description of a file. Tell htmx with the event `files-changed` to load them again.

    When that is refused, htmx gets the words alone, so that the typed text stays on the page.
    """
    attachment = _mine(request, pk)
    form = KindForm(request.POST, instrument=attachment.submission.instrument)
    page = _page_of(attachment.submission)
    try:
        if form.is_valid():
            rekind(attachment, **form.cleaned_data, by=request.user)
            return trigger_client_event(HttpResponse(status=204), "files-changed") if request.htmx else redirect(page)
        problem = _all_errors(form)[0]
    except Refused as refusal:
        problem = str(refusal)
    if request.htmx:
        return HttpResponse(problem, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, problem)
    return redirect(page)


def _mine(request: StaffRequest, pk: int) -> Attachment:
    seen = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("submission"), pk=pk)
