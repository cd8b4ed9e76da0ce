"""The public pages of the reporter: complain, and follow the complaint by its code. No sign-in, no address with a code.

The code is typed once and stays in the session for half an hour, so that it is neither in the browser's history nor in
the log of a server.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.actions.receiving import TokenUsed, receive
from complaints.actions.talking import WhyNotSatisfied, rate_handling, reply
from complaints.codes import typed_code
from complaints.forms.reporting import (
    ComplaintCodeForm,
    KioskComplaintForm,
    PageComplaintForm,
    ReplyForm,
    ReporterForm,
    SatisfactionForm,
)
from complaints.guesses import TooManyComplaints, may_try_code, may_write, must_not_complain_too_often, note_opened
from complaints.models import Complaint
from complaints.receipts import kept_receipt, receipt_context
from complaints.talk import said_in
from complaints.views.papers import give_papers
from office.colleagues import refusal_to_colleague
from office.devices import SHOWN_TO_VISITOR, needs_device
from office.fields import answer_status
from office.models import Device
from office.refusals import Refused
from office.requests import DeviceRequest

PAGES: dict[str, tuple[str, str]] = {
    Complaint.Channel.PAGE: ("complaints/complain.html", "complaints:complain_done"),
    Complaint.Channel.KIOSK: ("complaints/kiosk_complain.html", "complaints:kiosk_complain_done"),
}
"""The template of the form and the address of the page after it, by channel."""
FOLLOWED, SENT = "complaint_followed", "complaint_sent"
STAYS_OPEN = timedelta(minutes=30)
KIOSK_TYPES, KIOSK_SHOWS_CODE = 90, 60
"""Seconds without a touch. A visitor needs time to type a complaint, and to write its code down."""
KIOSK_KEEPS_CODE = timedelta(seconds=75)
"""After this the kiosk does not show the code any more, at any address."""
TOO_MANY_CODES = "Terlalu sering dicoba. Tunggu satu menit, lalu ketik kode sekali lagi."
TOO_MANY_POSTS = "Terlalu sering dikirim. Tunggu satu menit, lalu coba lagi."
NOT_SENT = "Tidak ada yang terkirim: teks Anda masih ada, berkas dipilih lagi."
REOPENED, RATED = "Pengaduan dibuka lagi. Petugas akan menanggapinya.", "Terima kasih atas penilaian Anda."
UNKNOWN_CODE = "Tidak ada pengaduan dengan kode ini. Periksa lagi: kode tidak memakai 0, O, 1, I, dan L."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Show and save the form of a complaint; only a reporter who wants to give a name is asked for it."""
    form = PageComplaintForm(request.POST or None, request.FILES or None)
    return _page_of_form(request, form, Complaint.Channel.PAGE)


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_complain(request: DeviceRequest) -> HttpResponse:
    """Show and save the same form at the kiosk, without a queue number and without files."""
    form = KioskComplaintForm(request.POST or None)
    idle = max(KIOSK_TYPES, request.device.idle_seconds * 3 // 2 if request.device else 0)
    return _page_of_form(request, form, Complaint.Channel.KIOSK, idle=idle)


def _page_of_form(request: HttpRequest, form: ReporterForm, channel: str, idle: int = 0) -> HttpResponse:
    """Save the complaint of a valid form, and lead to the page of its code; else show the form with what is wrong."""
    (template, done), status = PAGES[channel], answer_status(form)
    if form.is_valid():
        try:
            _send(request, form, channel)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, TokenUsed):
                form.take_new_token()
            status = 429 if isinstance(refusal, TooManyComplaints) else 409
        else:
            return redirect(done)
    return note_opened(request, render(request, template, {"form": form, "idle": idle}, status=status))


def _send(request: HttpRequest, form: ReporterForm, channel: str) -> None:
    """Save the complaint and its files, and keep its code for the next page. Raise Refused when it is not saved."""
    must_not_complain_too_often(request)
    complaint = receive(**form.facts, channel=channel, reporter=form.reporter, by=None)
    until = (timezone.now() + KIOSK_KEEPS_CODE).isoformat()
    place = SHOWN_TO_VISITOR if channel == Complaint.Channel.KIOSK else SENT
    request.session[place] = kept_receipt(complaint) | {"until": until}
    give_papers(request, complaint, form.cleaned_data.get("papers", []), by=None)


@login_not_required
@never_cache
@require_safe
def complain_done(request: HttpRequest) -> HttpResponse:
    """Show the receipt with the code, once."""
    sent = request.session.pop(SENT, None)
    if sent is None:
        return redirect("complaints:complain")
    return render(request, "complaints/complain_done.html", receipt_context(sent))


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_safe
def kiosk_complain_done(request: DeviceRequest) -> HttpResponse:
    """Show the code at the kiosk for a minute: kiosk.js asks for the page twice. The welcome page forgets it."""
    sent = request.session.get(SHOWN_TO_VISITOR)
    if sent is None or datetime.fromisoformat(sent["until"]) < timezone.now():
        return redirect("guestbook:kiosk")
    context = receipt_context(sent) | {"idle": KIOSK_SHOWS_CODE}
    return render(request, "complaints/kiosk_complain_done.html", context)


def not_by_colleague(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view, but answer 403 with words where a colleague is signed in, and forget the conversation there.

    Only the reporter may read, write and rate: an officer who knows the code could answer in the reporter's place.
    """

    @wraps(view)
    def of_reporter(request: HttpRequest) -> HttpResponse:
        refusal = refusal_to_colleague(request, "complaints/conversation_by_staff.html")
        if refusal is None:
            return view(request)
        request.session.pop(FOLLOWED, None)
        return refusal

    return of_reporter


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@not_by_colleague
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and open the conversation."""
    form = ComplaintCodeForm(request.POST or None)
    status = answer_status(form)
    if form.is_valid():
        if may_try_code(request, form.cleaned_data["code"]):
            if found := _with_code(form.cleaned_data["code"]):
                _open(request, found.pk)
                return redirect("complaints:conversation")
            form.add_error("code", UNKNOWN_CODE)
        else:
            form.add_error("code", TOO_MANY_CODES)
            status = 429
    return render(request, "complaints/follow.html", {"form": form}, status=status)


def _with_code(text: str) -> Complaint | None:
    code = typed_code(text)
    return Complaint.objects.filter(code=code).first() if code else None


def _open(request: HttpRequest, pk: int) -> None:
    request.session[FOLLOWED] = {"pk": pk, "until": (timezone.now() + STAYS_OPEN).isoformat()}


def for_reporter(view: Callable[[HttpRequest, Complaint], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Call the view with the complaint that this browser has opened; without one ask for its code.

    Answer 403 where a colleague is signed in, and 429 after too many POSTs, with what was typed.
    """

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        complaint = _opened(request)
        if complaint is None:
            return redirect("complaints:follow")
        if request.method == "POST" and not may_write(complaint.pk):
            return _too_many(request, complaint)
        return view(request, complaint)

    return login_not_required(never_cache(not_by_colleague(opened)))


def _too_many(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Show the conversation with what was typed, to send it a minute later."""
    messages.error(request, TOO_MANY_POSTS)
    typed = request.POST.dict()
    typed.pop("form_token", None)
    page = _page(complaint, ReplyForm(initial=typed), SatisfactionForm(initial=typed))
    return render(request, "complaints/conversation.html", page, status=429)


def _opened(request: HttpRequest) -> Complaint | None:
    """Return the complaint whose code was typed in this browser less than half an hour ago."""
    kept = request.session.get(FOLLOWED)
    if kept is None or datetime.fromisoformat(kept["until"]) < timezone.now():
        return None
    return Complaint.objects.filter(pk=kept["pk"]).first()


@require_safe
@for_reporter
def conversation(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Show the state of the complaint, the messages and the forms to write and to rate."""
    return render(request, "complaints/conversation.html", _page(complaint, ReplyForm(), SatisfactionForm()))


def _page(complaint: Complaint, form: ReplyForm, rating: SatisfactionForm) -> dict[str, object]:
    begun, later = said_in(complaint)
    return {
        "complaint": complaint,
        "begun": begun,
        "talk": later,
        "form": form,
        "rating": rating,
    }


@require_POST
@for_reporter
def write_reply(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Save a message of the reporter with its files, or nothing: then the page keeps the text."""
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            reply(complaint, **form.message)
        except Refused as refusal:
            messages.error(request, f"{refusal} {NOT_SENT}")
        else:
            messages.success(request, "Terkirim.")
            _open(request, complaint.pk)
            return redirect("complaints:conversation")
    complaint.refresh_from_db()
    rating = SatisfactionForm(initial={"text": form["text"].value()})  # shown when the complaint was closed meanwhile
    return render(request, "complaints/conversation.html", _page(complaint, form, rating), status=422)


@require_POST
@for_reporter
def rate_complaint(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Save whether the reporter is satisfied; the first "belum puas" opens the complaint again.

    A form without a choice or a reason is shown again with what was chosen and typed.
    """
    form = SatisfactionForm(request.POST)
    if form.is_valid():
        try:
            rated = rate_handling(complaint, **form.cleaned_data)
        except WhyNotSatisfied as refusal:
            form.add_error("text", str(refusal))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("complaints:conversation")
        else:
            messages.success(request, REOPENED if rated.is_open else RATED)
            return redirect("complaints:conversation")
    return render(request, "complaints/conversation.html", _page(complaint, ReplyForm(), form), status=422)


@login_not_required
@never_cache
@require_POST
@not_by_colleague
def close_conversation(request: HttpRequest) -> HttpResponse:
    """Forget the opened complaint in this browser."""
    request.session.pop(FOLLOWED, None)
    return redirect("complaints:follow")
