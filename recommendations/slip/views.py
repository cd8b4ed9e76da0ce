"""The slip on its submission's page: show the panel, open the PDF, draw it again, hand it over, mail it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from office.mail_badges import mail_facts
from office.models import Mail, Office
from office.outbox import AddressBounced, bounce_words
from office.pulses import worker_silence
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_send, may_view
from recommendations.acts import act_by_form, ask_again
from recommendations.instruments.structure import in_form_order
from recommendations.instruments.words import place_words
from recommendations.links import page_url
from recommendations.models import Slip, Submission
from recommendations.slip import actions
from recommendations.slip.actions import SlipNotDrawn
from recommendations.slip.forms import BounceForm, HandOverSlipForm, MailSlipForm
from recommendations.slip.pdf import slip_file_name, slip_pdf
from recommendations.workflow import Status

MAY_MAIL_AGAIN = (*Mail.REPEATABLE, Mail.Status.BOUNCED)


def slip_panel(submission: Submission) -> dict[str, Any] | None:
    """Return what `recommendations/slip/_slip.html` shows of the last slip; None when the submission has no slip."""
    slips = Slip.objects.filter(round__submission=submission).select_related("round", "mail", "handed_over_by")
    slip = slips.defer("round__answers", "round__typed_by").last()
    if slip is None:
        return None
    contact, is_returned = submission.applicant, submission.status == Status.RETURNED
    can_mail = is_returned and slip.mail is not None and slip.mail.status in MAY_MAIL_AGAIN
    is_busy = not (slip.is_drawn or slip.why_stuck) or (slip.mail is not None and slip.mail.changes_soon)
    return {
        "paper": slip,
        "round": slip.round,
        "mail": mail_facts(slip.mail),
        "is_busy": is_busy,
        "silence": worker_silence() if is_busy else "",
        "can_tell": is_returned,
        "can_mail": can_mail,
        "bounced": bounce_words(contact.email) if can_mail else "",
        "was_bounced": bounce_words(slip.mail.to, at=slip.mail.wanted_at) if slip.mail else "",
        "waits_too_long": is_returned and slip.round.reminded_at and not slip.round.answered_at,
        "cancel_reason": _reason(slip) if is_returned and slip.round.reminded_at else "",
        "hand_form": HandOverSlipForm(initial={"to": contact.name}, auto_id="slip_paper_%s"),
        "mail_form": MailSlipForm(initial={"to": contact.email}, auto_id="slip_mail_%s"),
        "bounce_form": BounceForm(auto_id="slip_bounce_%s"),
        "answers": _answers(submission, slip) if slip.round.answered_at else [],
        "page_link": page_url(submission, Office.objects.current()),
    }


def _reason(slip: Slip) -> str:
    return f"Tidak ada jawaban pemohon sampai {slip.content['answer_until']}, sesudah diingatkan."


def _answers(submission: Submission, slip: Slip) -> list[dict[str, Any]]:
    remarks = in_form_order(submission.instrument, slip.round.remarks.all())
    places = [place_words(submission.instrument, remark.item) for remark in remarks]
    return [
        {"remark": remark, "number": number, "label": label}
        for remark, (number, label) in zip(remarks, places, strict=True)
    ]


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def slip_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the slip's PDF in the browser. Redirect to the submission when it is not drawn, missing or changed."""
    slip = _slip(request, pk)
    try:
        pdf = _drawn_pdf(slip)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(slip)
    disposition = {"Content-Disposition": f'inline; filename="{slip_file_name(slip)}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=disposition)


def _drawn_pdf(slip: Slip) -> bytes:
    if not slip.is_drawn:
        raise SlipNotDrawn
    return slip_pdf(slip)


@require_POST
@may_view
def draw_slip_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try to draw the PDF of a stuck slip again. Redirect to its submission, which shows the result."""
    slip = _slip(request, pk)
    if actions.draw_slip_again(slip):
        messages.success(request, "PDF catatan perbaikan dibuat lagi. Hasilnya tampil di sini.")
    return _back(slip)


@require_POST
@may_send
def slip_hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that the printed slip was handed over, and to whom."""
    said = "Catatan perbaikan diserahkan kepada {}. Pemohon sudah diberi tahu."
    return _act(request, pk, HandOverSlipForm(request.POST), actions.hand_over_slip, said)


@require_POST
@may_send
def slip_mail(request: StaffRequest, pk: int) -> HttpResponse:
    """Mail the slip again, to the same or to another address."""
    said = "Catatan perbaikan dikirim ke {}. Hasilnya tampil di sini."
    return _act(request, pk, MailSlipForm(request.POST), actions.mail_slip_again, said)


@require_POST
@may_send
def slip_mail_arrived(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the slip's mail with an unknown result as arrived."""
    said = "E-mail dianggap sampai. Pemohon sudah diberi tahu."
    return _act(request, pk, Form(request.POST), actions.confirm_slip_arrival, said)


@require_POST
@may_send
def slip_mail_bounced(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that the slip's mail came back, and why."""
    said = "Dicatat: e-mail kembali. Kirim lagi ke alamat yang benar, atau serahkan cetakannya."
    return _act(request, pk, BounceForm(request.POST), actions.note_slip_bounce, said)


def _act(request: StaffRequest, pk: int, form: Form, act: Callable[..., Any], said: str) -> HttpResponse:
    """Call `act` with a slip that the user may see and the fields of the form; show `said` or the refusal.

    When mail to the typed address came back, ask first.
    """
    slip = _slip(request, pk)
    try:
        act_by_form(request, slip, form, act, said)
    except AddressBounced:
        return ask_again(request, slip.round.submission, form, to=form.cleaned_data["to"])
    return _back(slip)


def _slip(request: StaffRequest, pk: int) -> Slip:
    visible = Submission.objects.visible_to(request.user)
    slips = Slip.objects.select_related("round__submission__applicant__agency")
    return get_object_or_404(slips, pk=pk, round__submission__in=visible)


def _back(slip: Slip) -> HttpResponse:
    return redirect("recommendations:submission_detail", slip.round.submission_id)
