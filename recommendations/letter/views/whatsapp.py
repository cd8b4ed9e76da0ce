"""The page with the prepared WhatsApp message about a letter, and the button of the officer who has sent it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from office.fields import first_error
from office.phones import shown_phone, whatsapp_number
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_send
from recommendations.acts import ask_again
from recommendations.letter.actions import sending
from recommendations.letter.forms.sending import WhatsAppForm
from recommendations.letter.panel_seal import shown_panel
from recommendations.letter.whatsapp import message_about, whatsapp_address
from recommendations.models import DownloadLink, Letter, Submission


@require_http_methods(["GET", "HEAD", "POST"])
@may_send
@cache_control(private=True, no_store=True)
def send_whatsapp(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the message to be sent in the officer's own browser, and save that it was sent."""
    visible = Submission.objects.visible_to(request.user)
    letters = Letter.objects.in_force().select_related("submission__applicant__agency")
    letter = get_object_or_404(letters, pk=pk, submission__in=visible)
    if request.method != "POST":
        return render(request, "recommendations/letter/whatsapp.html", _page(letter, wants_again="lagi" in request.GET))
    form = WhatsAppForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("recommendations:send_whatsapp", pk)
    try:
        dispatch = sending.note_whatsapp(letter.submission, **form.cleaned_data, by=request.user)
    except sending.DeliveredBefore as asks:
        return ask_again(request, letter.submission, form, to=form.cleaned_data["to"], before=asks.before)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Dicatat: dikirim lewat WhatsApp ke {dispatch.shown_to}.")
    return redirect("recommendations:submission_detail", letter.submission_id)


def _page(letter: Letter, *, wants_again: bool) -> dict[str, Any]:
    """Return what the page shows. It asks before the message is there when the receiver has the letter already."""
    phone = letter.submission.applicant.phone
    link = DownloadLink.objects.filter(letter=letter).select_related("letter").first()
    text = message_about(link) if link and link.is_open else ""
    before = list(letter.dispatches.gone_to(phone).select_related("requested_by", "mail"))
    sent_back = {"to": phone, "shown": shown_panel(letter).sealed(), "again": bool(before)}
    return {
        "letter": letter,
        "submission": letter.submission,
        "phone": shown_phone(phone),
        "has_whatsapp": bool(whatsapp_number(phone)),
        "link": link,
        "text": text,
        "address": whatsapp_address(phone, text) if text else "",
        "before": before if not wants_again else [],
        "form": WhatsAppForm(initial=sent_back),
    }
