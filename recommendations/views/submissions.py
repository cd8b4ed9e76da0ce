"""The list of submissions, one submission with all that happened to it, and opening one from a visit."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guestbook.models import Visit
from office.models import DayOff, Office
from recommendations.actions.agencies import AmbiguousName
from recommendations.actions.applicants import register_applicant
from recommendations.actions.opinions import BEFORE_VERIFIED
from recommendations.actions.recording import cancel, open_submission
from recommendations.due_meter import clock_of, meter, told
from recommendations.forms.applicants import SubmissionForm, known_account, told_by_visitor
from recommendations.forms.recording import CancelForm
from recommendations.models import Agency, Applicant, Attachment, Opinion, Round, Submission
from recommendations.service_steps import next_act, service_steps
from recommendations.timeline import timeline
from recommendations.views.assigning import responsible_panel
from recommendations.views.contacts import account_panel
from recommendations.views.emails import email_panel
from recommendations.views.requirements import requirement_panel
from recommendations.views.sending import letter_panel
from recommendations.views.slips import slip_panel
from recommendations.workflow import ENDED, Move, MoveNotAllowed, Status

A_PAGE = 25
EXAMINE = "recommendations.examine_submission"
SCOPES = {
    "terbuka": ("Terbuka", [status for status in Status if status not in ENDED]),
    "pemohon": ("Menunggu pemohon", [Status.RETURNED]),
    "kepala": ("Menunggu Kepala", [Status.VERIFIED]),
    "selesai": ("Selesai", list(ENDED)),
    "semua": ("Semua", list(Status)),
}
STATE_SIGNS = {
    # status: kind and icon of its badge
    Status.RECORDING: ("plain", "edit"),
    Status.CHECKING: ("plain", "search"),
    Status.RETURNED: ("warn", "back"),
    Status.VERIFIED: ("act", "seal"),
    Status.ISSUED: ("act", "file"),
    Status.SENT: ("ok", "send"),
    Status.CLOSED: ("ok", "ok"),
    Status.CANCELLED: ("plain", "x"),
}


@require_safe
@permission_required("recommendations.view_submission", raise_exception=True)
def submission_list(request: HttpRequest) -> HttpResponse:
    """What lies on the desk, what is due first first; tabs and search stay in the address."""
    scope = request.GET.get("lingkup", "terbuka")
    scope = scope if scope in SCOPES else "terbuka"
    words = " ".join(request.GET.get("cari", "").replace("\0", "").split())
    found = Submission.objects.visible_to(request.user)
    found = found.matching(words) if words else found
    page = Paginator(_in_order(found.filter(status__in=SCOPES[scope][1])), A_PAGE).get_page(request.GET.get("page"))
    context = {"scopes": _scopes(found, scope), "words": words, "page": page, "rows": _rows(page, request.user)}
    return render(request, "recommendations/submission_list.html", context)


def _in_order(found: QuerySet) -> QuerySet:
    rounds = Prefetch("rounds", Round.objects.without_answers())
    return found.with_people().prefetch_related(rounds).order_by(F("due_on").asc(nulls_last=True), "-year", "-number")


def _scopes(found: QuerySet, chosen: str) -> list[dict[str, Any]]:
    counts = dict(found.order_by().values_list("status").annotate(Count("pk")))
    return [
        {
            "key": key,
            "name": name,
            "count": sum(counts.get(status, 0) for status in statuses),
            "is_chosen": key == chosen,
        }
        for key, (name, statuses) in SCOPES.items()
    ]


def _rows(submissions: Any, user: Any) -> list[dict[str, Any]]:
    facts = _calendar()
    return [{"submission": one, "act": next_act(one, user)} | _standing(one, facts) for one in submissions]


def _calendar() -> dict[str, Any]:
    days_off = DayOff.objects.names().keys()
    office = Office.objects.current()
    facts = {"today": timezone.localdate(), "total": office.promise_days, "days_off": days_off}
    return facts | {"two_readers": office.two_readers}


def _standing(submission: Submission, facts: dict[str, Any]) -> dict[str, Any]:
    """The badge and the meter of one submission whose rounds are at hand."""
    two_readers = facts["two_readers"]
    facts = {name: fact for name, fact in facts.items() if name != "two_readers"}
    rounds = submission.rounds.all()
    recorded = next((one for one in reversed(rounds) if one.is_frozen), None)
    clock = clock_of(recorded)
    kind, icon = STATE_SIGNS[Status(submission.status)]
    is_returned = submission.status == Status.RETURNED
    return {
        "due": meter(submission.status, clock, **facts),
        "told": told(clock, days_off=facts["days_off"]) if clock and clock.told_on else None,
        "round": recorded,
        "round_count": len(rounds),
        "is_untold": is_returned and recorded and not recorded.told_at,
        "has_answer": is_returned and recorded and recorded.answered_at,
        "state": {"kind": kind, "icon": icon, "text": _status_words(submission, recorded, two_readers=two_readers)},
    }


def _status_words(submission: Submission, recorded: Round | None, *, two_readers: bool) -> str:
    is_read_once = two_readers and submission.status == Status.CHECKING and recorded.first_reader_id
    return "Menunggu pemeriksa kedua" if is_read_once else submission.get_status_display()


@permission_required("recommendations.record_submission", raise_exception=True)
def submission_open(request: HttpRequest) -> HttpResponse:
    """Steps 3 and 4: who applies, with which account, on which form; prefilled from the visit at the counter."""
    visit, account = _from_address(request, "kunjungan", Visit), _from_address(request, "akun", Applicant)
    form = SubmissionForm(request.POST or None, initial=_known(visit, account))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        opening = {"instrument_code": facts.pop("instrument_code"), "form_token": facts.pop("form_token")}
        try:
            applicant = register_applicant(**facts, by=request.user)
        except AmbiguousName as problem:
            form.add_error("agency_name", str(problem))
        else:
            submission = open_submission(applicant=applicant, visit=visit, by=request.user, **opening)
            messages.success(request, f"Permohonan {submission.register} dibuka. Rekam formulirnya.")
            return redirect("recommendations:record", submission.pk)
    context = {"form": form, "visit": visit} | _choices(request, visit, account)
    return render(request, "recommendations/submission_open.html", context)


def _from_address(request: HttpRequest, name: str, model: Any) -> Any:
    """The row whose number the address carries, None when it carries none."""
    number = request.GET.get(name, "")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise Http404
    return get_object_or_404(model, pk=int(number))


def _known(visit: Visit | None, account: Applicant | None) -> dict[str, Any]:
    if account:
        return known_account(account)
    return told_by_visitor(visit.visitor) if visit else {}


def _choices(request: HttpRequest, visit: Visit | None, account: Applicant | None) -> dict[str, Any]:
    """Accounts that may be the visitor's, found by agency or by the words searched for; names of agencies to pick."""
    told = account.agency.name if account else visit.visitor.agency if visit else ""
    words = " ".join(request.GET.get("cari", told).replace("\0", "").split())
    return {
        "agencies": Agency.objects.filter(is_active=True),
        "opened": visit.submissions.all() if visit else [],
        **account_panel(visit, account, words),
        **email_panel(account, request.get_full_path()),
    }


@require_safe
@permission_required("recommendations.view_submission", raise_exception=True)
def submission_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: who, what, how far, what is owed, what happened."""
    shown = Submission.objects.visible_to(request.user).with_people()
    rounds = Prefetch("rounds", Round.objects.without_answers())
    files = Prefetch("attachments", Attachment.objects.select_related("uploaded_by"))
    opinions = Prefetch("opinions", Opinion.objects.select_related("by"))
    shown = shown.select_related("visit__visitor").prefetch_related(rounds, files, opinions)
    submission = get_object_or_404(shown, pk=pk)
    moves = submission.possible_moves
    context = {
        "submission": submission,
        "act": next_act(submission, request.user),
        "steps": service_steps(submission),
        "events": timeline(submission),
        "attachments": submission.attachments.all(),
        "opinions": submission.opinions.all(),
        "can_note_opinion": submission.status in BEFORE_VERIFIED and request.user.has_perm(EXAMINE),
        "can_cancel": Move.CANCEL in moves and request.user.has_perm("recommendations.record_submission"),
        "can_close": Move.CLOSE in moves and request.user.has_perm("recommendations.send_letter"),
    }
    return render(
        request,
        "recommendations/submission_detail.html",
        context
        | _standing(submission, _calendar())
        | letter_panel(submission)
        | responsible_panel(submission, request.user)
        | slip_panel(submission)
        | requirement_panel(submission, request),
    )


@require_POST
@permission_required("recommendations.record_submission", raise_exception=True)
def submission_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End it without a letter, with the reason."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect("recommendations:submission_detail", pk)
    try:
        cancel(submission, reason=form.cleaned_data["reason"], by=request.user)
    except MoveNotAllowed as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Permohonan {submission.register} dibatalkan.")
    return redirect("recommendations:submission_detail", pk)
