"""The receipt of a letter that was handed over: print its form, sign on the screen or upload the scan, show it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from office.cache import cached
from office.models import Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_send
from recommendations.attachments.originals import OriginalLost, original
from recommendations.attachments.views.previews import as_it_came
from recommendations.letter.actions.receipts import keep_receipt
from recommendations.letter.forms.receipts import ReceiptForm
from recommendations.links import paper_invitation
from recommendations.models import DeliveryReceipt, Dispatch, Letter, Submission
from recommendations.uploads.pages import scaled_picture

KEPT_FOR = 15 * 60


@require_safe
@may_send
def receipt_form(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form of the receipt, to print and to be signed with a pen."""
    visible = Submission.objects.visible_to(request.user)
    letters = Letter.objects.in_force().select_related("submission__applicant__agency")
    letter = get_object_or_404(letters, pk=pk, submission__in=visible)
    rating = paper_invitation(letter.submission, Office.objects.current())
    facts = {"letter": letter, "submission": letter.submission, "rating": rating}
    return render(request, "recommendations/letter/receipt_form.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@may_send
@cache_control(private=True, no_store=True)
def delivery_receipt(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the receipts of one hand-over, and keep another one.

    The hand-over is saved already. When the file is refused or cannot be kept, the page comes back with the drawn
    signature.
    """
    visible = Submission.objects.visible_to(request.user)
    papers = Dispatch.objects.filter(channel=Dispatch.Channel.PAPER, letter__submission__in=visible)
    people = papers.select_related("letter__submission__applicant__agency", "requested_by")
    dispatch = get_object_or_404(people, pk=pk)
    form = ReceiptForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            keep_receipt(dispatch, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Tanda terima {dispatch.to} tersimpan.")
            return redirect("recommendations:submission_detail", dispatch.letter.submission_id)
    receipts = dispatch.receipts.select_related("added_by")
    facts = {"dispatch": dispatch, "submission": dispatch.letter.submission, "form": form, "receipts": receipts}
    return render(request, "recommendations/letter/delivery_receipt.html", facts)


@require_safe
@may_send
@cache_control(private=True, no_store=True)
def receipt_picture(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a drawn signature or a photo. Raise Http404 when it is no picture, lost or changed."""
    receipt = _mine(request, pk)
    if not receipt.is_picture:
        raise Http404
    try:
        content = original(receipt)
        picture = cached(f"receipt-{receipt.pk}", lambda: scaled_picture(content), seconds=KEPT_FOR)
    except Refused as problem:
        raise Http404 from problem
    return HttpResponse(picture, content_type="image/jpeg")


@require_safe
@may_send
@cache_control(private=True, no_store=True)
def receipt_download(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """Download the unchanged receipt. When it is lost or changed, say so on the page of its hand-over."""
    receipt = _mine(request, pk)
    try:
        return as_it_came(receipt)
    except OriginalLost as problem:
        messages.error(request, str(problem))
        return redirect("recommendations:delivery_receipt", receipt.dispatch_id)


def _mine(request: StaffRequest, pk: int) -> DeliveryReceipt:
    visible = Submission.objects.visible_to(request.user)
    return get_object_or_404(DeliveryReceipt, pk=pk, dispatch__letter__submission__in=visible)
