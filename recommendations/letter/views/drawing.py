"""The button "Coba lagi" of a letter whose PDF could not be drawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from office.requests import StaffRequest
from recommendations.access import may_view
from recommendations.letter.actions import drawing
from recommendations.models import Letter, Submission


@require_POST
@may_view
def draw_letter_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try to draw the PDF of a stuck letter again. Redirect to its submission, which shows the result."""
    letter = get_object_or_404(Letter, pk=pk, submission__in=Submission.objects.visible_to(request.user))
    if drawing.draw_letter_again(letter):
        messages.success(request, f"PDF surat {letter.number} dibuat lagi. Hasilnya tampil di sini.")
    return redirect("recommendations:submission_detail", letter.submission_id)
