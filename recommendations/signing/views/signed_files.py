"""Upload a letter that was signed in another application."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from office.fields import first_error
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import letter_of, may_sign
from recommendations.signing.actions.signed_files import SignerDoubted, take_signed_file
from recommendations.signing.forms import SignedFileForm

DOUBTED = "diragukan"
"""With this in its address, the page of the submission asks why the signature is right. `_signing.html` reads it."""


@require_POST
@may_sign
def sign_by_file(request: StaffRequest, pk: int) -> HttpResponse:
    """Take in the signed PDF. The submission's page says whether it counts, or why not."""
    letter = letter_of(request, pk)
    form = SignedFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("recommendations:submission_detail", letter.submission_id)
    try:
        take_signed_file(letter, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        if isinstance(refusal, SignerDoubted) or form.cleaned_data["reason"]:
            page = reverse("recommendations:submission_detail", args=[letter.submission_id])
            return redirect(f"{page}?{DOUBTED}")
    else:
        messages.success(request, f"Surat {letter.number} ditandatangani dan berlaku.")
    return redirect("recommendations:submission_detail", letter.submission_id)
