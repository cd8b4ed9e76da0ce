"""The issued letter on its submission's page: download it, mail it, record that it was handed over, close."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from office.content_types import PDF
from office.downloads import file_answer
from office.fields import first_error
from office.mail_badges import mail_facts
from office.models import User
from office.outbox import AddressBounced, bounce_words
from office.pulses import worker_silence
from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import with_name
from recommendations.access import letter_of, may_send, may_view, submission_of
from recommendations.acts import act_by_form, ask_again
from recommendations.letter.actions import mail_results, sending
from recommendations.letter.forms.ending import ReplaceForm, RevokeForm, ShownForm
from recommendations.letter.forms.sending import HandOverForm, SendForm, WhatsAppAnswerForm
from recommendations.letter.panel_seal import shown_panel
from recommendations.letter.pdf import file_name, given_bytes, pdf_of
from recommendations.letter.views.downloads import download_facts
from recommendations.models import Dispatch, Letter, Submission
from recommendations.slip.forms import AgainForm, BounceForm
from recommendations.workflow import Move


def letter_panel(submission: Submission, user: User) -> dict[str, Any] | None:
    """Return what `_letter_panel.html` shows on a submission's page, or None before the letter is issued."""
    issued = submission.letter
    if issued is None:
        return None
    dispatches = Dispatch.objects.filter(letter__submission=submission).prefetch_related("receipts")
    dispatches = dispatches.select_related("requested_by", "mail__decided_by", "letter").defer("letter__content")
    can_deliver = Move.DELIVER in submission.possible_moves and not issued.is_being_corrected
    deliveries = [_delivery(dispatch, can_deliver and dispatch.letter == issued) for dispatch in dispatches]
    shown = shown_panel(issued).sealed()
    is_busy = any(delivery["changes_soon"] for delivery in deliveries)
    return {
        "issued": issued,
        "deliveries": deliveries,
        "is_busy": is_busy,
        "silence": worker_silence() if is_busy or not (issued.is_drawn or issued.why_stuck) else "",
        "can_deliver": can_deliver,
        "can_end": not issued.is_ended and user.has_perm("recommendations.issue_letter"),
        "earlier": submission.letters.exclude(pk=issued.pk).select_related("ended_by").order_by("-pk"),
        "revoke_form": RevokeForm(initial={"shown": shown}, auto_id="revoke_%s"),
        "replace_form": ReplaceForm(initial={"shown": shown}, auto_id="replace_%s"),
        "keep_form": ShownForm(initial={"shown": shown}, auto_id="keep_%s"),
        "send_form": SendForm(initial={"to": submission.applicant.email, "shown": shown}, auto_id="mail_%s"),
        "bounced": bounce_words(submission.applicant.email) if can_deliver else "",
        "hand_over_form": HandOverForm(initial={"shown": shown}, auto_id="paper_%s"),
        "download": download_facts(issued),
    }


def _delivery(dispatch: Dispatch, can_deliver: bool) -> dict[str, Any]:
    """Return what `_letter_dispatch.html` shows of one dispatch."""
    by_mail = dispatch.channel == Dispatch.Channel.EMAIL
    return {
        "dispatch": dispatch,
        "mail": mail_facts(dispatch.mail) if by_mail else None,
        "bounced": bounce_words(dispatch.to, at=dispatch.requested_at) if by_mail else "",
        "is_dropped": by_mail and dispatch.mail is None and dispatch.letter.is_ended,
        "changes_soon": by_mail and _changes_soon(dispatch),
        "can_repeat": can_deliver and dispatch.mail is not None and dispatch.mail.can_be_repeated,
        "answer_form": WhatsAppAnswerForm(auto_id=f"answer_{dispatch.pk}_%s"),
        "bounce_form": BounceForm(auto_id=f"bounce_{dispatch.pk}_%s"),
    }


def _changes_soon(dispatch: Dispatch) -> bool:
    if dispatch.mail:
        return dispatch.mail.changes_soon
    return not (dispatch.letter.is_ended or dispatch.letter.is_being_corrected)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def letter_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """Download the PDF as drawn, to sign it. Show a message when it is not drawn yet or damaged."""
    return _download(request, pk, pdf_of)


@require_safe
@may_view
@cache_control(private=True, no_store=True)
def signed_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """Download the letter as the applicant gets it: signed. Show a message when it is not signed yet or damaged."""
    return _download(request, pk, given_bytes)


def _download(request: StaffRequest, pk: int, content_of: Callable[[Letter], bytes]) -> HttpResponse:
    letter = letter_of(request, pk)
    try:
        pdf = content_of(letter)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:submission_detail", letter.submission_id)
    return file_answer(pdf, name=file_name(letter), content_type=PDF)


@require_POST
@may_send
def send_letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Mail the letter to the typed address."""
    return _deliver(
        request, pk, SendForm(request.POST), sending.send_by_email, "Surat dikirim ke {}. Hasilnya tampil di sini."
    )


@require_POST
@may_send
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that the printed letter was handed over at the counter."""
    return _deliver(request, pk, HandOverForm(request.POST), sending.hand_over, "Surat diserahkan kepada {}.")


def _deliver(request: StaffRequest, pk: int, form: Form, act: Callable[..., Dispatch], said: str) -> HttpResponse:
    """Call `act` with a submission that the user may see and the fields of the form; show `said` or the refusal.

    When the receiver has the letter already, or mail to the address came back, ask first. After a hand-over comes the
    page for its receipt.
    """
    submission = submission_of(request, pk)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("recommendations:submission_detail", pk)
    to = form.cleaned_data["to"]
    try:
        given = act(submission, **form.cleaned_data, by=request.user)
    except (sending.DeliveredBefore, AddressBounced) as asks:
        return ask_again(request, submission, form, to=to, before=getattr(asks, "before", ()))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, with_name(said, to))
        if given.channel == Dispatch.Channel.PAPER:
            return redirect("recommendations:delivery_receipt", given.pk)
    return redirect("recommendations:submission_detail", pk)


@require_POST
@may_send
def repeat_mail(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a mail again that did not arrive, or whose result is unknown."""
    said = "Dikirim lagi ke {}. Hasilnya tampil di sini."
    return _about_mail(request, pk, AgainForm(request.POST), sending.repeat_mail, said)


@require_POST
@may_send
def mail_arrived(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a mail with an unknown result as arrived."""
    said = "E-mail kepada {} dianggap sampai."
    return _about_mail(request, pk, Form(request.POST), mail_results.confirm_arrival, said)


@require_POST
@may_send
def mail_bounced(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that a mail came back, and why."""
    said = "Dicatat: e-mail kepada {} kembali. Kirim ke alamat yang benar, atau serahkan cetakannya."
    return _about_mail(request, pk, BounceForm(request.POST), mail_results.note_bounce, said)


@require_POST
@may_send
def note_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Save what the applicant answered to a WhatsApp message."""
    said = "Dicatat: {} menjawab, jadi surat sudah sampai."
    return _about_mail(request, pk, WhatsAppAnswerForm(request.POST), mail_results.note_answer, said)


def _about_mail(request: StaffRequest, pk: int, form: Form, act: Callable[..., Dispatch], said: str) -> HttpResponse:
    """Call `act` with a dispatch that the user may see and the fields of the form; show `said` or the refusal.

    When mail to its address came back, ask first.
    """
    visible = Submission.objects.visible_to(request.user)
    dispatches = Dispatch.objects.select_related("letter__submission__applicant__agency")
    dispatch = get_object_or_404(dispatches, pk=pk, letter__submission__in=visible)
    try:
        act_by_form(request, dispatch, form, act, said, to=dispatch.shown_to)
    except AddressBounced:
        return ask_again(request, dispatch.letter.submission, form, to=dispatch.to)
    return redirect("recommendations:submission_detail", dispatch.letter.submission_id)


@require_POST
@may_send
def close_submission(request: StaffRequest, pk: int) -> HttpResponse:
    """Close the submission."""
    submission = submission_of(request, pk)
    try:
        sending.close_submission(submission, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Permohonan {submission.register} selesai.")
    return redirect("recommendations:submission_detail", pk)
