"""The button "Coba lagi" of a letter whose PDF could not be drawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from office.requests import StaffRequest
from recommendations.access import letter_of, may_view
from recommendations.letter.actions import drawing_again


@require_POST
@may_view
def draw_letter_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try to draw the PDF of a stuck letter again. Redirect to its submission, which shows the result."""
    letter = letter_of(request, pk)
    if drawing_again.draw_letter_again(letter):
        messages.success(request, f"PDF surat {letter.number} dibuat lagi. Hasilnya tampil di sini.")
    return redirect("recommendations:submission_detail", letter.submission_id)
