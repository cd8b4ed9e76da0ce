"""The evidence packet of a period, for a user who may see all of its parts. Every download is logged."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guestbook.periods import Period, period_links
from office.content_types import ZIP
from office.downloads import file_answer
from office.models import Office
from office.requests import StaffRequest
from reports.actions import log_packet
from reports.models import PacketDownload
from reports.packet import PACKET, Sources, listed_parts, make_packet

EXPORTS = 10
sees_every_part = permission_required(PACKET, raise_exception=True)


@require_safe
@never_cache
@sees_every_part
def packet_page(request: StaffRequest, period: Period) -> HttpResponse:
    """Show what the packet will have and what it will lack."""
    sources = _sources(request, period)
    context = {
        "parts": listed_parts(sources),
        "is_frozen": sources.shown.frozen is not None,
        "period": period,
        "period_links": period_links(period, _address),
        "is_running": sources.is_provisional,
        "downloads": PacketDownload.objects.select_related("by")[:EXPORTS],
    }
    return render(request, "reports/packet.html", context)


@require_POST
@never_cache
@sees_every_part
def packet_zip(request: StaffRequest, period: Period) -> HttpResponse:
    """Download the packet. The log row is written before the file is sent."""
    sources = _sources(request, period)
    packet = make_packet(sources, at=timezone.now())
    log_packet(packet, by=request.user)
    return file_answer(packet.content, name=f"{sources.name}.zip", content_type=ZIP)


def _sources(request: StaffRequest, period: Period) -> Sources:
    """Return what the packet is made of. Raise Http404 for a period that has not begun: there is nothing to prove."""
    today = timezone.localdate()
    if period.first > today:
        raise Http404
    return Sources(period, Office.objects.current(), today, request.user)


def _address(period: Period) -> str:
    """Return the address of the period's packet; "" for one that has not begun, or that no address can contain."""
    if period.first > timezone.localdate():
        return ""
    try:
        return reverse("reports:packet", args=[period])
    except NoReverseMatch:
        return ""
