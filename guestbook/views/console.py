"""The officer's counter: call, serve, finish."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from guestbook import actions
from guestbook.forms.reception import ClassesForm, LateEntryForm, ReasonForm, TransferForm
from guestbook.live import queue_etag
from guestbook.mails import mail_of
from guestbook.models import Visit
from guestbook.reception import as_qr, figures_on, journey, public_link, queue_of
from guestbook.views.notes import keeps_note, serves_visits
from guestbook.workflow import Move, Status
from office.devices import board_troubles
from office.fields import first_error
from office.models import Counter, Service
from office.refusals import Refused
from office.requests import StaffRequest

HISTORY = 5


@serves_visits
@never_cache
@require_safe
def counter_list(request: StaffRequest) -> HttpResponse:
    """Show the open counters, so that the officer can choose one."""
    calls = Visit.objects.on(timezone.localdate()).called_latest_first().exclude(counter=None)
    newest = {visit.counter_id: visit for visit in reversed(calls.select_related("officer"))}
    newest |= {visit.counter_id: visit for visit in Visit.objects.active().select_related("officer")}
    counters = Counter.objects.filter(is_open=True).prefetch_related("services")
    rows = [{"counter": counter, "visit": newest.get(counter.pk)} for counter in counters]
    return render(request, "guestbook/counter_list.html", {"rows": rows})


@serves_visits
@never_cache
@require_safe
def console(request: StaffRequest, number: int) -> HttpResponse:
    """Show the counter's page: the queue, and the visitor at the counter with their earlier visits and submissions."""
    counter = get_object_or_404(Counter, number=number)
    visit = _present(counter)
    context = _queue_context(counter, visit) | {"services": _services(counter)}
    context |= _visit_context(visit) if visit else _last_served(counter)
    return render(request, "guestbook/console.html", context)


@serves_visits
@require_safe
@cache_control(no_cache=True, private=True)
@condition(etag_func=queue_etag)
def queue(request: StaffRequest, number: int) -> HttpResponse:
    """Return the queue pane. When the visitor at the counter has changed, tell htmx to reload the whole page."""
    counter = get_object_or_404(Counter, number=number)
    context = _queue_context(counter, _present(counter))
    if request.GET.get("hadir", "") != context["present"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "guestbook/_queue_refresh.html", context)


@serves_visits
@require_POST
@keeps_note
def call_next(request: StaffRequest, number: int) -> HttpResponse:
    """Call the next visitor."""
    counter = get_object_or_404(Counter, number=number)
    try:
        visit = actions.call_next(counter, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{visit} dipanggil ke {counter}." if visit else "Belum ada yang menunggu.")
    return redirect("guestbook:console", number)


@serves_visits
@require_POST
@keeps_note
def call(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Call a chosen visitor of today: one who was missed or, with a reason, one who waits."""
    counter = get_object_or_404(Counter, number=number)
    visit = get_object_or_404(Visit.objects.on(timezone.localdate()), pk=pk)
    form = ReasonForm(request.POST)
    try:
        _must_have_reason(visit, form)
        actions.call(visit, counter, reason=form.cleaned_data.get("reason", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{visit} dipanggil ke {counter}.")
    return redirect("guestbook:console", number)


class NoReason(Refused):
    """Raised when a visitor is to be called before their turn and no reason is written."""


def _must_have_reason(visit: Visit, form: ReasonForm) -> None:
    """Raise NoReason when a waiting visitor is called without a reason. A missed visitor needs none."""
    if not form.is_valid() and visit.status == Status.WAITING:
        raise NoReason(str(form.errors["reason"][0]))


class AtOtherCounter(Refused):
    """Raised when the visitor is not at this counter any more."""

    def __init__(self, visit: Visit, number: int):
        super().__init__(f"{visit} tidak lagi di Loket {number}.")


def _must_be_in_reach(visit: Visit, number: int) -> None:
    """Raise AtOtherCounter unless the visitor is this counter's own, waits, or was missed at any counter."""
    is_own = visit.counter is not None and visit.counter.number == number
    if not is_own and visit.status not in (Status.WAITING, Status.NO_SHOW):
        raise AtOtherCounter(visit, number)


@dataclass(frozen=True)
class Act:
    """The action of a button, and the message after it."""

    action: Callable[..., Visit]
    said: str


ACTS = {
    Move.RECALL: Act(actions.recall, "{visit} dipanggil ulang."),
    Move.START: Act(actions.start, "{visit} mulai dilayani."),
    Move.FINISH: Act(actions.finish, "{visit} selesai. Tunjukkan halaman penilaian kepada pengunjung."),
    Move.MISS: Act(actions.miss, "{visit} dicatat tidak hadir. Nomornya dapat dipanggil lagi."),
    Move.REQUEUE: Act(actions.requeue, "{visit} kembali ke antrian, di tempatnya semula."),
    Move.LEAVE: Act(actions.leave, "{visit} dicatat batal menunggu."),
}


@serves_visits
@require_POST
@keeps_note
def move_visit(request: StaffRequest, number: int, pk: int, move: Move) -> HttpResponse:
    """Do the `move` of a button; `move` comes from the address."""
    visit = get_object_or_404(Visit.objects.select_related("counter"), pk=pk)
    act = ACTS[move]
    try:
        _must_be_in_reach(visit, number)
        visit = act.action(visit, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, act.said.format(visit=visit))
    return redirect("guestbook:console", number)


@serves_visits
@never_cache
@require_safe
def waiting_visit(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Show a waiting visitor, to be called out of order or transferred."""
    counter = get_object_or_404(Counter, number=number)
    waiting = Visit.objects.on(timezone.localdate()).waiting().select_related("service", "visitor", "reserved_for")
    visit = waiting.filter(pk=pk).first()
    if visit is None:
        return redirect("guestbook:console", number)
    context = {"counter": counter, "visit": visit, "present": _present(counter)}
    forms = {"reason_form": ReasonForm(), "transfer_form": TransferForm()}
    return render(request, "guestbook/visit_waiting.html", context | forms)


@serves_visits
@require_POST
def transfer(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Transfer the visitor to another service or counter."""
    visit = get_object_or_404(Visit.objects.on(timezone.localdate()).select_related("counter"), pk=pk)
    form = TransferForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("guestbook:console", number)
    try:
        _must_be_in_reach(visit, number)
        actions.transfer(visit, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{visit} dialihkan dan menunggu di tempatnya semula.")
    return redirect("guestbook:console", number)


@serves_visits
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def late_entry(request: StaffRequest, number: int) -> HttpResponse:
    """Enter a visit that was noted on paper while the server was down."""
    counter = get_object_or_404(Counter, number=number)
    form = LateEntryForm(request.POST or None)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("service", "form_token", "taken_at")}
        try:
            visit = actions.enter_late(visitor=form.instance, priority=form.priority, **facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{visit} dicatat susulan dan menunggu menurut jam datangnya.")
            return redirect("guestbook:console", number)
    return render(request, "guestbook/late_entry.html", {"form": form, "counter": counter})


def _present(counter: Counter) -> Visit | None:
    """Return the visit called to `counter` or served there, or None."""
    present = Visit.objects.active().filter(counter=counter)
    return present.select_related("service", "visitor", "officer").prefetch_related("submissions").first()


def _services(counter: Counter) -> list[Service]:
    """Return the services of `counter`; empty when it offers as many services as are open."""
    served = list(counter.services.all())
    return [] if len(served) == Service.objects.open().count() else served


def _queue_context(counter: Counter, visit: Visit | None) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "counter": counter,
        "visit": visit,
        "present": f"{visit.pk}.{visit.status}" if visit else "",
        "queue": queue_of(counter, today),
        "figures": figures_on(today),
        "troubles": board_troubles(timezone.now()),
    }


def _visit_context(visit: Visit) -> dict[str, Any]:
    return {
        "journey": journey(visit),
        "ticket_mail": mail_of(visit),
        "history": Visit.objects.earlier_of_person(visit).select_related("service")[:HISTORY],
        "submissions": visit.submissions.all(),
        "transfer_form": TransferForm(),
        "classes_form": ClassesForm(instance=visit.visitor),
    }


def _last_served(counter: Counter) -> dict[str, Any]:
    """Return today's last visitor at `counter`, with the QR code of the rating page.

    It stays after the rating: no screen of the staff tells whether a visitor has rated.
    """
    served = Visit.objects.on(timezone.localdate()).filter(counter=counter, status=Status.SERVED)
    last = served.order_by("-served_at").first()
    if last is None:
        return {"last": None}
    link = public_link("ratings:rate", last)
    return {"last": last, "rate_qr": as_qr(link)}
