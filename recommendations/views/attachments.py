"""The surat pengantar and the files of a submission."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from recommendations.actions.attachments import FileAlreadyAttached, FileOfARound, attach, detach
from recommendations.actions.recording import write_cover_letter
from recommendations.forms.attachments import AttachmentForm, CoverLetterForm
from recommendations.models import Attachment, Submission
from recommendations.uploads import MAX_BYTES, shown_size
from recommendations.views.recording import closed_to_recording, may_record, navigation_context, submission_of
from recommendations.workflow import MoveNotAllowed


@may_record
def attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """The last leaf of the recording: facts of the surat pengantar, and one file after the other."""
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    cover = CoverLetterForm(request.POST if "cover_number" in request.POST else None, initial=_cover_facts(submission))
    upload = AttachmentForm(
        request.POST if "kind" in request.POST else None,
        request.FILES or None,
        instrument=submission.instrument,
        initial={"kind": _wanted_kind(submission)},
    )
    if request.method == "POST" and _is_done(request, submission, cover, upload):
        return redirect("recommendations:attachments", pk)
    current = submission.rounds.get(recorded_at=None)
    context = navigation_context(submission, current) | {"cover": cover, "upload": upload, "is_attachments": True}
    context |= {"attached": _attached(submission), "largest": shown_size(MAX_BYTES)}
    return render(request, "recommendations/attachments.html", context)


def _is_done(request: HttpRequest, submission: Submission, cover: CoverLetterForm, upload: AttachmentForm) -> bool:
    """Do what was posted; False when the page must tell what is wrong with it."""
    try:
        if cover.is_bound and cover.is_valid():
            return _note_cover(request, submission, cover.cleaned_data)
        if upload.is_bound and upload.is_valid():
            return _attach(request, submission, upload)
    except (FileAlreadyAttached, MoveNotAllowed) as problem:
        messages.error(request, str(problem))
        return True
    return False


def _note_cover(request: HttpRequest, submission: Submission, facts: dict) -> bool:
    write_cover_letter(
        submission,
        number=facts["cover_number"],
        written_on=facts["cover_date"],
        signatory=facts["cover_signatory"],
        by=request.user,
    )
    messages.success(request, "Surat pengantar tersimpan.")
    return True


def _attach(request: HttpRequest, submission: Submission, upload: AttachmentForm) -> bool:
    facts = upload.cleaned_data
    attach(submission, kind=facts["kind"], file=facts["file"], content_type=upload.content_type, by=request.user)
    messages.success(request, f"{facts['file'].name} dilampirkan.")
    return True


def _cover_facts(submission: Submission) -> dict:
    return {name: getattr(submission, name) for name in ("cover_number", "cover_date", "cover_signatory")}


def _wanted_kind(submission: Submission) -> str:
    """The first required kind that is not there yet, else the first optional one."""
    there = set(submission.attachments.values_list("kind", flat=True))
    kinds = submission.instrument.attachments
    still = [kind.id for kind in kinds if kind.required and kind.id not in there]
    return (still or [kind.id for kind in kinds if not kind.required])[0]


def _attached(submission: Submission) -> list[dict]:
    """Every kind with its files, also the empty ones."""
    files = list(submission.attachments.select_related("uploaded_by"))
    return [
        {"kind": kind, "files": [file for file in files if file.kind == kind.id]}
        for kind in submission.instrument.attachments
    ]


@require_POST
@may_record
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a file that was attached by mistake."""
    mine = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    attachment = get_object_or_404(mine.select_related("submission"), pk=pk)
    try:
        detach(attachment, by=request.user)
    except (FileOfARound, MoveNotAllowed) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{attachment.name} dilepas.")
    return redirect("recommendations:attachments", attachment.submission_id)


@require_safe
@permission_required("recommendations.view_submission", raise_exception=True)
def attachment_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file under its own name, always as a download."""
    mine = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    attachment = get_object_or_404(mine, pk=pk)
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404("Berkas ini tidak ada di penyimpanan kantor.") from None
    answer = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
