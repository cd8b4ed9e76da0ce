"""Upload the scan of a signed letter, compare it with the letter as drawn, and let it count or reject it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from office.cache import cached
from office.fields import first_error
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import letter_of, may_sign, may_view
from recommendations.acts import act_by_form
from recommendations.attachments.originals import OriginalLost
from recommendations.attachments.views.previews import as_it_came, page_answer, reading
from recommendations.letter.pdf import pdf_of
from recommendations.models import Letter, SignedCopy, Submission
from recommendations.signing.actions import scans
from recommendations.signing.forms import AcceptForm, RejectForm, ScanForm
from recommendations.signing.tasks import draw_copy
from recommendations.uploads.pages import NoSuchPage, own_page_count, own_page_picture, page_number

KEPT_FOR = 15 * 60


@require_POST
@may_sign
def sign_by_scan(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the scan of a signed letter, and show it beside the letter. A refusal is shown on the submission's page."""
    letter = letter_of(request, pk)
    form = ScanForm(request.POST, request.FILES, letter=letter)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("recommendations:submission_detail", letter.submission_id)
    try:
        scan = scans.take_scan(letter, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:submission_detail", letter.submission_id)
    return redirect("recommendations:scan_check", scan.pk)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def scan_check(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one page of a scan beside the same page of the letter as drawn (`?halaman=2`), and what can be done."""
    scan = _mine(request, pk)
    read = reading(scan, request, about="copy", task=draw_copy)
    drawn_pages, problem = _drawn_pages(scan.letter)
    most = max(drawn_pages, scan.shown_pages, 1)
    facts = {
        "scan": scan,
        "letter": scan.letter,
        "submission": scan.letter.submission,
        "reading": read,
        "drawn_pages": drawn_pages,
        "drawn_problem": problem,
        "page": page_number(request.GET.get("halaman", ""), most),
        "page_count": most,
        "accept_form": AcceptForm(signer=scan.signer, auto_id="accept_%s"),
        "reject_form": RejectForm(auto_id="reject_%s"),
    }
    return render(request, "recommendations/signing/scan_check.html", facts, status=409 if read["problem"] else 200)


def _drawn_pages(letter: Letter) -> tuple[int, str]:
    """Return the number of pages of the letter as drawn, and why they cannot be shown: "" when they can."""
    try:
        return cached(f"letter-{letter.pk}-pages", lambda: own_page_count(pdf_of(letter)), seconds=KEPT_FOR), ""
    except Refused as problem:
        return 0, str(problem)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def letter_page(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Show one page of the letter as drawn as a picture. Raise Http404 when there is no such page."""
    letter = letter_of(request, pk)
    try:
        picture = cached(f"letter-{pk}-{n}", lambda: own_page_picture(pdf_of(letter), n), seconds=KEPT_FOR)
    except (Refused, NoSuchPage) as problem:
        raise Http404 from problem
    return HttpResponse(picture, content_type="image/png")


@require_POST
@may_sign
def scan_accept(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a compared scan count as the signed letter."""
    scan = _mine(request, pk)
    form = AcceptForm(request.POST, signer=scan.signer)
    act_by_form(request, scan, form, scans.accept_scan, "Surat {} ditandatangani dan berlaku.", to=scan.letter.number)
    return _after_decision(scan)


@require_POST
@may_sign
def scan_reject(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a scan is not the signed letter, and why."""
    scan = _mine(request, pk)
    said = "Pindaian surat {} ditolak. Unggah pindaian yang benar."
    act_by_form(request, scan, RejectForm(request.POST), scans.reject_scan, said, to=scan.letter.number)
    return _after_decision(scan)


def _after_decision(scan: SignedCopy) -> HttpResponse:
    """Go to the submission's page, or stay at the scan as long as it is not decided."""
    scan.refresh_from_db(fields=["outcome"])
    if scan.is_waiting:
        return redirect("recommendations:scan_check", scan.pk)
    return redirect("recommendations:submission_detail", scan.letter.submission_id)


@require_POST
@may_view
def draw_copy_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try to draw the pages of a stuck scan again. Redirect to its page, which shows the result."""
    scan = _mine(request, pk)
    scans.draw_copy_again(scan)
    return redirect("recommendations:scan_check", pk)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def copy_page(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Answer with one page of a scan as a picture."""
    return page_answer(_mine(request, pk), n)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def copy_download(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """Download the unchanged scan under its own name. When it is lost, show the page that says so."""
    try:
        return as_it_came(_mine(request, pk))
    except OriginalLost:
        return scan_check(request, pk)  # its page says what is wrong


def _mine(request: StaffRequest, pk: int) -> SignedCopy:
    visible = Submission.objects.visible_to(request.user)
    copies = SignedCopy.objects.select_related("letter__submission__applicant__agency", "uploaded_by", "decided_by")
    return get_object_or_404(copies, pk=pk, letter__submission__in=visible)
