"""The upload link: the officer opens it and shows its QR code, and a telephone sends photos through it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from office.refusals import Refused
from office.requests import HtmxRequest, StaffRequest
from recommendations.access import may_record, submission_of
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.phone import close_link, join_photos, open_link, photos_of
from recommendations.attachments.forms import AttachmentForm
from recommendations.attachments.views.attachments import take_in, wanted_kind
from recommendations.models import UploadLink


@require_POST
@may_record
def phone_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a new upload link and close the one before."""
    submission = submission_of(request, pk)
    try:
        open_link(submission, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_desk(pk))


@require_POST
@may_record
def phone_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close the upload link."""
    close_link(submission_of(request, pk))
    messages.success(request, "Tautan ponsel ditutup.")
    return redirect(_desk(pk))


def _desk(pk: int) -> str:
    return reverse("recommendations:attachments", args=[pk], fragment="ponsel")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_upload(request: HtmxRequest, token: str) -> HttpResponse:
    """Show the telephone's page, which names only the office, the register number and the kinds of files.

    POST attaches files. Answer 410 when the link is closed. Raise Http404 when no link has this token.
    """
    link = _link(token)
    if link.why_closed and not request.htmx:
        return render(request, "recommendations/attachments/phone_closed.html", {"why": link.why_closed}, status=410)
    submission = link.submission
    form = AttachmentForm(
        request.POST or None,
        request.FILES or None,
        instrument=submission.instrument,
        guesses=False,
        initial={"kind": request.GET.get("jenis") or wanted_kind(submission)},
    )
    if form.is_bound and (form.is_valid() or request.htmx):
        take = partial(attach, submission, link=link, by=link.made_by)
        return take_in(request, form, take, _page_of(link, form.cleaned_data.get("kind", "")))
    return render(request, "recommendations/attachments/phone_upload.html", {"form": form} | _sent(link))


@login_not_required
@never_cache
@require_POST
def phone_join(request: HttpRequest, token: str) -> HttpResponse:
    """Join the photos of one kind into one PDF."""
    link = _link(token)
    kind = _known_kind(link, request.POST.get("kind", ""))
    try:
        join_photos(link, kind=kind)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Foto digabungkan menjadi satu PDF.")
    return redirect(_page_of(link, kind))


def _link(token: str) -> UploadLink:
    return get_object_or_404(UploadLink.objects.select_related("submission", "made_by"), token=token)


def _known_kind(link: UploadLink, kind: str) -> str:
    """Return the kind of attachment, or "" when the form has none of this name: no photo is of that kind."""
    return kind if any(kind == one.id for one in link.submission.instrument.attachments) else ""


def _page_of(link: UploadLink, kind: str) -> str:
    return reverse("recommendations:phone_upload", args=[link.token], query={"jenis": kind} if kind else None)


def _sent(link: UploadLink) -> dict[str, Any]:
    """Return the files that came through this link, by kind, with the number of photos of each kind."""
    files, photos = list(link.attachments.all()), list(photos_of(link).values_list("kind", flat=True))
    kinds = link.submission.instrument.attachments
    return {
        "link": link,
        "left": link.MAX_FILES - link.file_count,
        "sent": [
            {"kind": kind, "files": [file for file in files if file.kind == kind.id], "photos": photos.count(kind.id)}
            for kind in kinds
            if any(file.kind == kind.id for file in files)
        ],
    }
