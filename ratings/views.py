"""Pages to rate the service, on a telephone or on the counter's tablet, and to read the ratings, for the Kepala."""

from typing import Any

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from complaints.guesses import must_not_complain_too_often
from complaints.receipts import receipt_context
from guestbook.models import Visit
from office.devices import device_behind, needs_device
from office.fields import answer_status
from office.models import TOLD_FROM, Device
from office.refusals import Refused
from office.requests import DeviceRequest, StaffRequest
from ratings import actions
from ratings.access import TOO_OFTEN, RatingRequest, by_rating_link, sees_ratings, too_often
from ratings.forms import FaceForm, RatingForm
from ratings.ikm import Tally, nrr, to_two_decimals
from ratings.instruments import SKM_9
from ratings.kept_codes import code_for, forget_code, keep_code
from ratings.models import QuickRating, Rated, Rating, owner_of
from ratings.skm_readings import latest_remarks

PER_PAGE = 25
THANKS, THANKS_WITH_CODE = 15, 60
"""Seconds until the tablet is ready for the next visitor. A visitor with a code needs time to write it down."""


@login_not_required
@never_cache
@needs_device(Device.Kind.TABLET)
@require_safe
def tablet(request: DeviceRequest) -> HttpResponse:
    """Show the tablet's page between two ratings; tablet.js asks for the number just served."""
    if request.device and request.method == "GET":
        forget_code(request)
    return render(request, "ratings/tablet.html", _offer(request.device))


@login_not_required
@require_safe
@cache_control(no_cache=True, private=True)
@needs_device(Device.Kind.TABLET)
@conditional_page
def tablet_state(request: DeviceRequest) -> HttpResponse:
    """Return the changing part of the tablet's page, or 304 when it has not changed."""
    return render(request, "ratings/_tablet_offer.html", _offer(request.device))


def _offer(device: Device | None) -> dict[str, Any]:
    """Return the visit that the tablet asks to rate; None without a counter or on a device that is not paired."""
    counter = device.counter if device else None
    visits = Visit.objects.just_served_at(counter, timezone.now()) if counter else Visit.objects.none()
    return {"counter": counter, "visit": visits.filter(quick_rating=None).first()}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_rating_link
def rate(request: RatingRequest, rated: Rated) -> HttpResponse:
    """Show the four faces. One touch is saved at once and leads to the questions, "Tidak menilai" to the thanks."""
    if request.is_too_often:
        return too_often()
    if problem := actions.refusal(rated):
        return _closed(request, rated, problem)
    form = FaceForm(request.POST or None)
    if form.is_valid():
        try:
            quick = actions.rate_quickly(rated, face=form.cleaned_data["face"], source=_source(request))
        except Refused as refusal:
            return _closed(request, rated, refusal)
        return redirect("ratings:rate_questions" if quick.face else "ratings:rate_thanks", rated.token)
    if request.method != "POST" and _face_of(rated):
        return redirect("ratings:rate_questions", rated.token)
    asked = {"form": form, "idle": _idle(request)}
    return render(request, "ratings/rate_quick.html", _about(rated) | asked, status=answer_status(form))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_rating_link
def rate_questions(request: RatingRequest, rated: Rated) -> HttpResponse:
    """Show and save the nine questions, once, after the service has ended or the letter has arrived.

    A form that could be saved later, 429 or 409, is shown again with all that was answered and typed.
    """
    form = RatingForm(request.POST if request.method == "POST" else None)
    if problem := actions.refusal(rated):
        return _too_late(request, rated, form, problem)
    if request.is_too_often:
        return _asked(request, rated, form, problem=TOO_OFTEN, status=429)
    if not form.is_valid():
        return _asked(request, rated, form)
    try:
        complaint = actions.rate(
            rated,
            answers=form.answers,
            remark=form.cleaned_data["remark"],
            complaint=form.cleaned_data["complaint"],
            source=_source(request),
            seconds=form.seconds,
            form_token=form.cleaned_data.get("form_token"),
        )
    except actions.CannotRate as refusal:
        return _too_late(request, rated, form, refusal)
    except Refused as refusal:
        return _asked(request, rated, form, problem=str(refusal), status=409)
    keep_code(request, rated, complaint)
    return redirect("ratings:rate_thanks", rated.token)


def _too_late(request: RatingRequest, rated: Rated, form: RatingForm, why: actions.CannotRate) -> HttpResponse:
    """Say why it cannot be rated. A complaint typed while another device rated is saved, and its code is shown."""
    if not isinstance(why, actions.AlreadyRated) or request.method != "POST":
        return _closed(request, rated, why)
    form.is_valid()
    if "complaint" in form.errors:
        return _asked(request, rated, form)
    return _complain_only(request, rated, form) if form.cleaned_data["complaint"] else _closed(request, rated, why)


def _complain_only(request: RatingRequest, rated: Rated, form: RatingForm) -> HttpResponse:
    """Save the complaint of a form whose rating came too late, and lead to its code; else show the form again."""
    if request.is_too_often:
        return _asked(request, rated, form, problem=TOO_OFTEN, status=429)
    facts = {"text": form.cleaned_data["complaint"], "form_token": form.cleaned_data.get("form_token")}
    try:
        must_not_complain_too_often(request)
        complaint = actions.complain_with_rating(rated, **facts)
    except Refused as refusal:
        form.take_new_token()
        return _asked(request, rated, form, problem=str(refusal), status=409)
    keep_code(request, rated, complaint)
    return redirect("ratings:rate_thanks", rated.token)


def _asked(
    request: HttpRequest, rated: Rated, form: RatingForm, *, problem: str = "", status: int | None = None
) -> HttpResponse:
    asked = {"form": form, "may_stop": bool(_face_of(rated)), "idle": _idle(request), "problem": problem}
    return render(request, "ratings/rate_questions.html", _about(rated) | asked, status=status or answer_status(form))


def _closed(request: HttpRequest, rated: Rated, why: Refused) -> HttpResponse:
    told = {"why": why, "is_early": isinstance(why, actions.NotServedYet), "idle": _idle(request, THANKS)}
    status = 409 if request.method == "POST" else 200
    return render(request, "ratings/rate_closed.html", _about(rated) | told, status=status)


def _about(rated: Rated) -> dict[str, Any]:
    """Return what every page of a rating shows: the ticket of a visit, and the page of the visitor or applicant."""
    if isinstance(rated, Visit):
        return {"rated": rated, "ticket": rated.ticket, "own_page": reverse("guestbook:ticket", args=[rated.token])}
    own = reverse("recommendations:track", args=[rated.submission.token])
    return {"rated": rated, "ticket": "", "own_page": own}


def _face_of(rated: Rated) -> int | None:
    """Return the face that the visitor touched; None without one."""
    return QuickRating.objects.filter(**owner_of(rated)).values_list("face", flat=True).first()


@login_not_required
@never_cache
@require_safe
@by_rating_link
def rate_thanks(request: HttpRequest, rated: Rated) -> HttpResponse:
    """Thank the visitor, also for a face alone or for none. The code of a complaint is shown for a while."""
    quick = QuickRating.objects.filter(**owner_of(rated)).first()
    if not (rated.rated_at or quick):
        return redirect("ratings:rate", rated.token)
    sent = code_for(request, rated)
    idle = _idle(request, THANKS_WITH_CODE if sent else THANKS)
    is_rated = bool(rated.rated_at or (quick and quick.face))
    thanks = _about(rated) | {"sent": None, "idle": idle, "is_rated": is_rated}
    if sent:
        thanks |= receipt_context(sent)
        thanks["ticket"] = ""  # visitors photograph this page: the complaint is not to be joined with its ticket
    return render(request, "ratings/rate_thanks.html", thanks)


def _source(request: HttpRequest) -> str:
    """Return whether the counter's tablet or another device, mostly the visitor's telephone, sent the form."""
    at_counter = device_behind(request, Device.Kind.TABLET)
    return Rating.Source.TABLET if at_counter else Rating.Source.TELEPHONE


def _idle(request: HttpRequest, seconds: int | None = None) -> int | None:
    """Return after how many seconds without a touch the tablet is ready for the next visitor; None on a telephone."""
    device = device_behind(request, Device.Kind.TABLET)
    return (seconds or device.idle_seconds * 3 // 2) if device else None


@sees_ratings
@require_safe
def rating_list(request: StaffRequest) -> HttpResponse:
    """Show the mean of each aspect, the faces and the remarks. Complaints have a register of their own.

    Figures grow by TOLD_FROM ratings at a time, so that no reader finds the answers of the visitor who just left.
    Remarks have their service and their day or period only, in an order that does not follow time, so that none leads
    to a visitor. Those that wait for more ratings are counted.
    """
    remarks, told = latest_remarks(), Rating.objects.of_skm().in_steps()
    context = _means(told.tally()) | {
        "faces": QuickRating.objects.by_face(),
        "sources": told.by_source(),
        "page": Paginator(remarks, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": max(0, told.exclude(remark="").count() - len(remarks)),
        "told_from": TOLD_FROM,
    }
    return render(request, "ratings/rating_list.html", context)


@permission_required("ratings.view_own_totals", raise_exception=True)
@require_safe
def own_totals(request: StaffRequest) -> HttpResponse:
    """Show an officer the mean of each aspect over the own visits: no text, no day, no single rating."""
    context = _means(Rating.objects.of_skm().totals_of(request.user)) | {"told_from": TOLD_FROM}
    return render(request, "ratings/own_totals.html", context)


def _means(tally: Tally) -> dict[str, Any]:
    """Return what `_aspects.html` shows."""
    means = nrr(tally)
    rounded = [(aspect.name, to_two_decimals(means[aspect.key])) for aspect in SKM_9.aspects if means]
    return {"count": tally.n, "means": rounded}
