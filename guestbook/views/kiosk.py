"""The kiosk, where a visitor draws a number. Public; the browser stores no page of it."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guestbook.actions import check_in
from guestbook.forms.reception import IdentityForm
from guestbook.mails import mail_of, mail_ticket, may_ask
from guestbook.models import Visit
from guestbook.reception import as_qr, public_link
from guestbook.turns import people_ahead
from guestbook.workflow import Status
from office.devices import SHOWN_TO_VISITOR, may_act, needs_device
from office.errors import error_page
from office.models import Counter, Device, Service
from office.refusals import Refused
from office.requests import DeviceRequest

TOO_MANY = (
    "Terlalu banyak nomor diambil di mesin ini dalam satu menit. "
    "Isian Anda masih ada: tunggu sebentar, lalu tekan Ambil nomor sekali lagi."
)
WRONG_CLOCK = (
    "Nomor belum dapat diambil, karena jam di mesin ini keliru. "
    "Isian Anda masih ada. Mohon beri tahu petugas, lalu tekan Ambil nomor sekali lagi."
)
IDLE = 60
"""Seconds without a touch, when the device has no setting of its own."""


def _idle(request: DeviceRequest, share: float = 1) -> int:
    """Return after how many seconds the page returns to the welcome page. `share` makes that longer or shorter."""
    return round((request.device.idle_seconds if request.device else IDLE) * share)


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_safe
def kiosk(request: DeviceRequest) -> HttpResponse:
    """Show the welcome page: the number of waiting visitors and of open counters. Forget the visitor before.

    A HEAD forgets nothing: by it kiosk.js asks whether the server answers.
    """
    if request.method == "GET":
        request.session.pop(SHOWN_TO_VISITOR, None)
    context = {
        "waiting": Visit.objects.on(timezone.localdate()).waiting().count(),
        "counters": Counter.objects.filter(is_open=True).count(),
    }
    return render(request, "guestbook/kiosk_welcome.html", context)


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_safe
def kiosk_service(request: DeviceRequest) -> HttpResponse:
    """Show the services to choose from."""
    waiting = Q(visit__day=timezone.localdate(), visit__status=Status.WAITING)
    counted = Service.objects.open().annotate(waiting=Count("visit", filter=waiting))
    services = counted.order_by("position", "prefix")  # Django leaves out the model's own order where it counts
    return render(request, "guestbook/kiosk_service.html", {"services": services, "idle": _idle(request)})


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_identity(request: DeviceRequest, prefix: str) -> HttpResponse:
    """Ask for the visitor's identity, and draw the number.

    When the service was closed meanwhile, answer 410 and offer the other services for what was typed.
    """
    service = get_object_or_404(Service, prefix=prefix)
    if not service.is_open:
        return _closed(request, service)
    form = IdentityForm(request.POST or None, service=service)
    status = 200
    if form.is_valid() and not may_act(request.device):
        form.add_error(None, TOO_MANY)
        status = 429
    if form.is_valid():
        token = form.cleaned_data["form_token"]
        try:
            visit = check_in(service=service, visitor=form.instance, form_token=token, priority=form.priority)
        except Refused:  # only the clock refuses a number
            form.add_error(None, WRONG_CLOCK)
            status = 503
        else:
            return redirect("guestbook:kiosk_ticket", visit.token)
    context = {"form": form, "service": service, "others": None, "idle": _idle(request, 1.5)}
    return render(request, "guestbook/kiosk_identity.html", context, status=status)


def _closed(request: DeviceRequest, service: Service) -> HttpResponse:
    """Show what was typed for a service that was closed meanwhile, with a button for each open service."""
    if request.method != "POST":
        return error_page(request, 410)
    form = IdentityForm(request.POST, service=service)
    form.errors.clear()  # the other service may ask for less
    context = {"form": form, "service": service, "others": Service.objects.open(), "idle": _idle(request, 1.5)}
    return render(request, "guestbook/kiosk_identity.html", context, status=410)


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_safe
def kiosk_ticket(request: DeviceRequest, token: str) -> HttpResponse:
    """Show the number, on the screen and for the printer."""
    visit = get_object_or_404(Visit.objects.select_related("service", "visitor"), token=token)
    context = {
        "visit": visit,
        "mail": mail_of(visit),
        "may_ask": may_ask(visit),
        "ahead": people_ahead(visit, timezone.now()),
        "qr": as_qr(public_link("guestbook:ticket", visit)),
        "idle": _idle(request, 1 / 3),
    }
    return render(request, "guestbook/kiosk_ticket.html", context)


@login_not_required
@never_cache
@needs_device(Device.Kind.KIOSK)
@require_POST
def kiosk_mail(request: DeviceRequest, token: str) -> HttpResponse:
    """Send the ticket by e-mail too. The worker sends it, so the kiosk does not wait."""
    mail_ticket(get_object_or_404(Visit.objects.select_related("service", "visitor"), token=token))
    return redirect("guestbook:kiosk_ticket", token)
