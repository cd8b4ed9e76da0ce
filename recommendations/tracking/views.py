"""The applicant's own page at its secret link: show the state of the submission, save answers to remarks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.content_types import PDF
from office.downloads import file_answer
from office.errors import limit_page
from office.limits import may_act_again
from office.models import DayOff, Office
from office.refusals import Refused
from office.requests import HtmxRequest
from recommendations.attachments.forms import AttachmentForm
from recommendations.attachments.views.attachments import take_in, wanted_kind
from recommendations.instruments.structure import in_form_order
from recommendations.instruments.words import place_words
from recommendations.letter.pdf import file_name, given_bytes
from recommendations.links import rating_invitation
from recommendations.models import Letter, Remark, Round, Slip, Submission
from recommendations.slip.pdf import slip_file_name, slip_pdf
from recommendations.tracking import actions
from recommendations.tracking.actions import Refusal, Refusals, Typed, answer_mark
from recommendations.tracking.page import GIVEN, due_of, masked_name, says, stations
from recommendations.workflow import LetterStatus, MoveNotAllowed, Status

POSTS_A_MINUTE = 60
"""The limit, more than an applicant needs. It is counted by submission, not by IP address."""
TOO_MANY = "Terlalu sering dikirim. Tunggu satu menit, lalu coba lagi. Yang sudah tersimpan tetap tersimpan."
CHANGED = "Keadaan permohonan ini sudah berubah, jadi perbaikan tidak lagi diterima di sini."
ANSWER, SHOWN, MINE = "answer-", "shown-", "mine-"


def for_applicant(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with the submission of the token. Answer 404 when there is none, 429 after too many POSTs.

    Browsers do not store the answer, and search engines do not list it.
    """

    @wraps(view)
    def opened(request: HtmxRequest, token: str) -> HttpResponse:
        found = Submission.objects.select_related("applicant__agency", "officer", "visit")
        submission = found.filter(token=token).first()
        if submission is None:
            answer = render(request, "recommendations/tracking/track_unknown.html", status=404)
        elif request.method == "POST" and not may_act_again(f"track-{submission.pk}", a_minute=POSTS_A_MINUTE):
            answer = limit_page(request, TOO_MANY)
        else:
            answer = view(request, submission)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Referrer-Policy"] = "same-origin"  # with "no-referrer" the CSRF check of the forms would fail
        return answer

    return login_not_required(never_cache(opened))


@require_safe
@for_applicant
def track(request: HtmxRequest, submission: Submission) -> HttpResponse:
    """Show the state of the submission and the due date; while the form is returned, also its remarks."""
    return render(request, "recommendations/tracking/track.html", _page(submission))


@dataclass(frozen=True)
class Card:
    """One remark on the page, with its answer and the refusal of that answer, or None."""

    remark: Remark
    number: str
    label: str
    text: str
    shown: str
    current: str
    refusal: Refusal | None


def _page(
    submission: Submission, typed: dict[int, Typed] | None = None, refused: Refusals | None = None
) -> dict[str, Any]:
    recorded = submission.rounds.recorded().defer("typed_by").last()
    letter = _shown_letter(submission)
    slip = Slip.objects.filter(round=recorded).first() if recorded else None
    office, is_returned = Office.objects.current(), submission.status == Status.RETURNED
    returned = _returned(submission, recorded, typed or {}, refused or {}) if is_returned and recorded else {}
    until = slip.content["answer_until"] if slip else ""
    today, days_off = timezone.localdate(), DayOff.objects.names().keys()
    return returned | {
        "office": office,
        "submission": submission,
        "recorded": recorded,
        "says": says(submission, recorded, corrections=returned.get("correction_count", 0), answer_until=until),
        "due": due_of(submission, recorded, today=today, days_off=days_off) if not is_returned else None,
        "stations": stations(submission, recorded, letter),
        "contact": masked_name(submission.applicant.name),
        "is_returned": is_returned,
        "slip": slip if is_returned else None,
        "letter": letter,
        "ended_letters": _ended_letters(submission),
        "may_fetch_letter": bool(letter and submission.status in GIVEN and not letter.is_being_corrected),
        "rating": rating_invitation(submission, office),
    }


def _shown_letter(submission: Submission) -> Letter | None:
    """Return the submission's letter once it is signed; also one that was revoked since. None before that."""
    letter = submission.letter
    return letter if letter and not letter.awaits_signature else None


def _ended_letters(submission: Submission) -> list[Letter]:
    """Return the replaced letters that the applicant may have, the last one first."""
    replaced = submission.letters.filter(status=LetterStatus.REPLACED).order_by("-pk")
    return [letter for letter in replaced if letter.copies.accepted().exists() or letter.was_sent_unsigned]


def _returned(submission: Submission, recorded: Round, typed: dict[int, Typed], refused: Refusals) -> dict[str, Any]:
    recorded.submission = submission
    remarks = in_form_order(submission.instrument, recorded.remarks.asking())
    saved = [remark.answered_at for remark in remarks if remark.answer and remark.answered_at]
    files = list(actions.files_since(recorded))
    return {
        "cards": [_card(submission, remark, typed.get(remark.pk), refused.get(remark.pk)) for remark in remarks],
        "correction_count": sum(remark.is_correction for remark in remarks),
        "answered_count": len(saved),
        "saved_at": max(saved, default=None),
        "files": files,
        "files_left": max(0, actions.MOST_FILES - len(files)),
        "form": AttachmentForm(
            instrument=submission.instrument, guesses=False, initial={"kind": _likely_kind(submission, remarks)}
        ),
    }


def _likely_kind(submission: Submission, remarks: list[Remark]) -> str:
    kinds = [kind.id for kind in submission.instrument.attachments]
    return "instrumen" if "instrumen" in kinds else wanted_kind(submission)


def _card(submission: Submission, remark: Remark, typed: Typed | None, refusal: Refusal | None) -> Card:
    number, label = place_words(submission.instrument, remark.item)
    current = answer_mark(remark.answer)
    return Card(
        remark=remark,
        number=number,
        label=label,
        text=refusal.typed if refusal else remark.answer,
        shown=typed.shown if typed and refusal else current,
        current=current,
        refusal=refusal,
    )


@require_POST
@for_applicant
def track_answer(request: HtmxRequest, submission: Submission) -> HttpResponse:
    """Save the answers while they are typed; without script, when "Simpan" is pressed."""
    typed = _typed(request)
    try:
        refused = actions.save_replies(submission, typed)
    except MoveNotAllowed:
        return _too_late(request, submission)
    except Refused as refusal:
        return _refused(request, submission, str(refusal))
    if request.htmx:
        return render(request, "recommendations/tracking/_track_saved.html", _page(submission, typed, refused))
    return _answered(request, submission, typed, refused, "Jawaban Anda tersimpan.")


@require_POST
@for_applicant
def track_send(request: HtmxRequest, submission: Submission) -> HttpResponse:
    """Send all answers and files to the officer."""
    typed = _typed(request)
    try:
        refused = actions.send_answers(submission, typed)
    except MoveNotAllowed:
        return _too_late(request, submission)
    except Refused as refusal:
        return _refused(request, submission, str(refusal))
    return _answered(request, submission, typed, refused, "Perbaikan terkirim. Terima kasih.")


def _typed(request: HtmxRequest) -> dict[int, Typed]:
    """Return the posted answers by remark. A ticked "mine" box holds the fingerprint of the other screen's answer."""
    found = {}
    for name, text in request.POST.items():
        number = name.removeprefix(ANSWER)
        if name.startswith(ANSWER) and number.isascii() and number.isdecimal() and len(number) < 19:
            shown = request.POST.get(f"{MINE}{number}") or request.POST.get(f"{SHOWN}{number}", "")
            found[int(number)] = Typed(str(text), str(shown))
    return found


def _answered(
    request: HtmxRequest, submission: Submission, typed: dict[int, Typed], refused: Refusals, done: str
) -> HttpResponse:
    if not refused:
        messages.success(request, done)
        return redirect(_page_of(submission))
    return render(request, "recommendations/tracking/track.html", _page(submission, typed, refused), status=409)


def _too_late(request: HtmxRequest, submission: Submission) -> HttpResponse:
    return _refused(request, submission, CHANGED)


def _refused(request: HtmxRequest, submission: Submission, words: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, words)
    return redirect(_page_of(submission))


def _page_of(submission: Submission) -> str:
    return reverse("recommendations:track", args=[submission.token])


@require_POST
@for_applicant
def track_files(request: HtmxRequest, submission: Submission) -> HttpResponse:
    """Save a corrected file, from a folder or the camera."""
    form = AttachmentForm(request.POST, request.FILES, instrument=submission.instrument, guesses=False)
    return take_in(request, form, partial(actions.attach_answer, submission), _page_of(submission))


@require_safe
@for_applicant
def track_slip(request: HtmxRequest, submission: Submission) -> HttpResponse:
    """Download the slip of the returned round, unchanged. Redirect when there is none."""
    slip = Slip.objects.filter(round__submission=submission).exclude(pdf="").last()
    if slip is None or submission.status != Status.RETURNED:
        return redirect(_page_of(submission))
    return _pdf(request, submission, slip_file_name(slip), partial(slip_pdf, slip))


@require_safe
@for_applicant
def track_letter(request: HtmxRequest, submission: Submission) -> HttpResponse:
    """Download the signed letter, unchanged. Redirect before it is sent or handed over."""
    letter = Letter.objects.in_force().filter(submission=submission, correction_at=None).first()
    if letter is None or submission.status not in GIVEN:
        return redirect(_page_of(submission))
    return _pdf(request, submission, file_name(letter), partial(given_bytes, letter))


def _pdf(request: HtmxRequest, submission: Submission, name: str, read: Callable[[], bytes]) -> HttpResponse:
    try:
        content = read()
    except Refused:
        messages.error(request, "Berkas PDF ini sedang tidak dapat diunduh. Hubungi kami, nanti kami kirimkan.")
        return redirect(_page_of(submission))
    return file_answer(content, name=name, content_type=PDF)
