"""The visitor's own page on the telephone. The address has the ticket's token; the page shows no name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_POST, require_safe

from guestbook.actions import leave
from guestbook.live import place_of, ticket_etag
from guestbook.models import Visit
from guestbook.workflow import OVER, Status
from office.refusals import Refused

PARTS = {
    Status.WAITING: "guestbook/_ticket_waiting.html",
    Status.CALLED: "guestbook/_ticket_called.html",
    Status.SERVING: "guestbook/_ticket_serving.html",
    Status.SERVED: "guestbook/_ticket_served.html",
    Status.NO_SHOW: "guestbook/_ticket_no_show.html",
    Status.LEFT: "guestbook/_ticket_left.html",
    Status.UNCLOSED: "guestbook/_ticket_past.html",
}
EVERY, EVERY_WHEN_OVER = 900, 30_000
"""Milliseconds between two requests of the page."""
PAST = "guestbook/_ticket_past.html"
TITLES = {
    Status.CALLED: "{visit} dipanggil: {visit.counter}",
    Status.SERVING: "{visit} dilayani: {visit.counter}",
    Status.SERVED: "{visit} selesai",
    Status.NO_SHOW: "{visit} terlewat",
    Status.LEFT: "{visit} batal",
    Status.UNCLOSED: "{visit}: hari itu sudah ditutup",
}


def _visitors_etag(request: HttpRequest, token: str) -> str | None:
    """Return the ETag of the page; None where a colleague is signed in, because it changes when the visitor rates."""
    return None if request.user.is_authenticated else ticket_etag(request, token)


@login_not_required
@never_cache
@require_safe
@condition(etag_func=_visitors_etag)
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Show the visitor's place now; ticket.js asks every second.

    Where a colleague is signed in it does not say whether the visit was rated (decision 0019).
    """
    visit = get_object_or_404(Visit.objects.select_related("service", "counter"), token=token)
    is_past = visit.day != timezone.localdate() and visit.status != Status.SERVED
    place = place_of(token) if visit.status == Status.WAITING else None
    ahead = place.ahead if place else 0
    is_rated = visit.rated_at is not None and not request.user.is_authenticated
    waiting_title = f"{visit}: {ahead} orang lagi" if ahead else f"{visit}: giliran berikutnya"
    title = TITLES.get(Status(visit.status), waiting_title)
    context = {
        "visit": visit,
        "ahead": ahead,
        "dots": range(min(ahead, 8)),
        "is_called": visit.status == Status.CALLED and not is_past,
        "part": PAST if is_past else PARTS[Status(visit.status)],
        "page_title": f"{visit}: hari lain" if is_past else title.format(visit=visit),
        "every": EVERY_WHEN_OVER if is_past or visit.status in OVER else EVERY,
        "is_rated": is_rated,
        "state": f"{visit.status}.{ahead}.{visit.times_called}.{is_rated}.{is_past}",
    }
    return render(request, "guestbook/ticket.html", context)


@login_not_required
@require_POST
def ticket_leave(request: HttpRequest, token: str) -> HttpResponse:
    """Mark that the visitor left, after "Saya batal menunggu" on their own page."""
    visit = get_object_or_404(Visit, token=token)
    try:
        leave(visit, by=None)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("guestbook:ticket", token)
