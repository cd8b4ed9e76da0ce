"""The pages of the follow-up plan: the list for the Kepala, and one measure with its acts and its history.

The person responsible for a measure opens that one too, and finishes it with the proof.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required, user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guestbook.period_codes import requested_period
from office.models import User
from office.refusals import Refused
from office.requests import StaffRequest
from ratings import follow_up_actions
from ratings.access import sees_ratings
from ratings.follow_up_forms import FollowUpForm, ProofForm, ReopenForm
from ratings.follow_up_models import FollowUp, FollowUpFile
from ratings.follow_up_notices import OPENS_MEASURE
from ratings.follow_up_readings import periods_with_plan, read_plan
from ratings.report_models import FrozenReport
from ratings.skm_tables import PLAN_RULE, plan_shares_table
from recommendations.attachments.originals import OriginalLost
from recommendations.attachments.views.previews import as_it_came

PER_PAGE = 25
PlanForms = FollowUpForm | ProofForm | ReopenForm


def _opens_measures(user: User | AnonymousUser) -> bool:
    if not any(user.has_perm(f"ratings.{name}") for name in OPENS_MEASURE):
        raise PermissionDenied
    return True


opens_measures = user_passes_test(_opens_measures)
writes_plan = permission_required("ratings.write_follow_up", raise_exception=True)


@sees_ratings
@never_cache
@require_safe
def follow_up_list(request: StaffRequest) -> HttpResponse:
    """Show the measures of all periods, the unfinished ones first, or the plan of one period with its shares."""
    code, today = request.GET.get("periode", ""), timezone.localdate()
    context: dict[str, Any] = {
        "periods": periods_with_plan(),
        "unfinished": FollowUp.objects.unfinished().count(),
        "late": FollowUp.objects.overdue(today).count(),
    }
    if code:
        plan = read_plan(requested_period(code), today)
        shares = plan_shares_table(plan.figures)
        context |= {"plan": plan, "period": plan.period, "shares": shares, "plan_rule": PLAN_RULE}
        return render(request, "ratings/follow_up_plan.html", context)
    rows = FollowUp.objects.own().with_staff().urgent_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "rows": [(one, one.is_overdue(today)) for one in page]}
    return render(request, "ratings/follow_up_list.html", context)


@require_POST
@writes_plan
def open_follow_ups(request: StaffRequest) -> HttpResponse:
    """Open the plan of a report that was frozen before there were plans."""
    frozen = FrozenReport.objects.filter(period=request.POST.get("periode", "")).first()
    if frozen is None:
        messages.error(request, "Bekukan laporan SKM periode ini dahulu. Rencananya lalu dibuka sendiri.")
        return redirect("ratings:skm_report")
    try:
        follow_up_actions.open_follow_ups(frozen, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Rencana tindak lanjut dibuka.")
    return redirect(f"{reverse('ratings:skm_report')}?periode={frozen.period}")


@opens_measures
@never_cache
@require_safe
def follow_up_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one measure. A row that carries on another one leads to that one."""
    follow_up = _measure(request, pk)
    if follow_up.pk != pk:
        return redirect("ratings:follow_up_detail", follow_up.pk)
    return _page(request, follow_up)


@require_POST
@writes_plan
def write_follow_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what is done, who does it, and until when."""
    follow_up = _measure(request, pk)
    form = FollowUpForm(request.POST, follow_up=follow_up)
    return _act(request, follow_up, form, follow_up_actions.write_follow_up, "Rencana tersimpan.")


@require_POST
@opens_measures
def finish_follow_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Finish the measure with its proof."""
    form = ProofForm(request.POST, request.FILES)
    return _act(request, _measure(request, pk), form, follow_up_actions.finish_follow_up, "Tindak lanjut selesai.")


@require_POST
@writes_plan
def reopen_follow_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a finished measure again, because its proof was wrong."""
    form = ReopenForm(request.POST)
    return _act(request, _measure(request, pk), form, follow_up_actions.reopen_follow_up, "Tindak lanjut dibuka lagi.")


@opens_measures
@never_cache
@require_safe
def follow_up_file(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """Download the file of a proof, unchanged."""
    file = get_object_or_404(FollowUpFile, pk=pk)
    seen = FollowUp.objects.visible_to(request.user)
    if not seen.filter(Q(proof_file=file) | Q(events__file=file)).exists():
        raise Http404
    try:
        return as_it_came(file)
    except OriginalLost as lost:
        messages.error(request, str(lost))
        return redirect("ratings:follow_up_list")


def _measure(request: StaffRequest, pk: int) -> FollowUp:
    """Return the row that has the plan. Raise Http404 when the user sees no such row."""
    return get_object_or_404(FollowUp.objects.visible_to(request.user).with_staff(), pk=pk).measure


def _act(
    request: StaffRequest, follow_up: FollowUp, form: PlanForms, act: Callable[..., FollowUp], said: str
) -> HttpResponse:
    """Do one act with a valid form. A form that is refused is shown again, with what was typed and what is now."""
    if form.is_valid():
        try:
            act(follow_up, **form.facts, shown=request.POST.get("shown", ""), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("ratings:follow_up_detail", follow_up.pk)
    return _page(request, _measure(request, follow_up.pk), form)


def _page(request: StaffRequest, follow_up: FollowUp, sent: PlanForms | None = None) -> HttpResponse:
    context = {
        "follow_up": follow_up,
        "is_late": follow_up.is_overdue(timezone.localdate()),
        "carried": follow_up.carried_to.order_by("pk"),
        "events": follow_up.events.select_related("by", "file").order_by("-at", "-pk"),
        **_forms(request, follow_up, sent),
    }
    return render(request, "ratings/follow_up_detail.html", context, status=422 if sent else 200)


def _forms(request: StaffRequest, follow_up: FollowUp, sent: PlanForms | None) -> dict[str, PlanForms | None]:
    """Return the form of each act that this user may do now; the one that was sent keeps what was typed."""
    may = request.user.has_perm("ratings.write_follow_up")
    may_finish = follow_up.may_be_finished_by(request.user) and not follow_up.is_done
    write = FollowUpForm(follow_up=follow_up, auto_id="write_%s") if may and not follow_up.is_done else None
    finish = ProofForm(auto_id="finish_%s") if may_finish and follow_up.is_written else None
    reopen = ReopenForm(auto_id="reopen_%s") if may and follow_up.is_done else None
    forms: dict[str, PlanForms | None] = {"write_form": write, "finish_form": finish, "reopen_form": reopen}
    return {name: sent if isinstance(sent, type(form)) else form for name, form in forms.items()}
