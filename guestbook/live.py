"""Tell board, telephone and console within a second that something has changed (docs/decisions/0006)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guestbook.models import Visit
from guestbook.turns import everyone_ahead
from office import devices
from office.cache import cached
from office.models import Device

NEWEST = "SELECT id FROM guestbook_visitevent ORDER BY id DESC LIMIT 50"
KEPT_FOR = 60
"""Seconds. A version changes every minute, so no cached page is needed longer."""


def version() -> str:
    """Return a digest that changes whenever the screens change: with every move of a visit and with every minute.

    Every screen asks every second, so this is one index look-up in plain SQL. It reads several ids, because two moves
    may be committed in another order than their ids.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        newest = [pk for (pk,) in cursor.fetchall()]
    return _sealed(f"{timezone.localtime():%Y-%m-%d %H.%M}", *newest)


def _sealed(*facts: object) -> str:
    """Return a short keyed digest: an ETag must not reveal how many visits there were."""
    return salted_hmac("guestbook.live", repr(facts), algorithm="sha256").hexdigest()[:20]


def board_etag(request: HttpRequest) -> str:
    """Return the ETag of the board; it is the same for all boards."""
    return f'"{_sealed(request.path, version())}"'


@dataclass(frozen=True)
class Place:
    """The place of one of today's numbers: its newest event, and how many are called before it."""

    newest: int | None
    ahead: int


def place_of(token: str) -> Place | None:
    """Return the place of one of today's numbers, or None for any other. Each version computes all places once."""
    now = version()
    return cached(f"places.{now}", _places, seconds=KEPT_FOR).get(token)


def _places() -> dict[str, Place]:
    today = timezone.localdate()
    ahead = everyone_ahead(today, timezone.now())
    visits = Visit.objects.on(today).order_by().annotate(newest=Max("events__pk")).values_list("pk", "token", "newest")
    return {token: Place(newest, ahead.get(pk, 0)) for pk, token, newest in visits}


def ticket_etag(request: HttpRequest, token: str) -> str | None:
    """Return the ETag of a ticket page, or None when the number is not of today.

    It changes with the number's own moves and, while it waits, with its place.
    """
    place = place_of(token)
    return f'"{_sealed(request.path, place, timezone.localdate())}"' if place else None


def queue_etag(request: HttpRequest, number: int) -> str:
    """Return the ETag of a counter's queue, including the warnings about boards above it."""
    present, troubles = request.GET.get("hadir", ""), devices.board_troubles(timezone.now())
    return f'"{_sealed(request.path, present, troubles, version())}"'


def unchanged_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 304 at once to a board or a telephone whose state is current. Must be the first middleware.

    The client got the ETag from an answer that passed every check; a board must still hold its key. All other requests
    go through the other middleware.
    """
    board, tickets = reverse("guestbook:board_state"), reverse("guestbook:ticket", args=["-"]).removesuffix("-/")

    def middleware(request: HttpRequest) -> HttpResponse:
        known = request.headers.get("If-None-Match")
        answer = None
        if known and request.path == board:
            answer = _board_unchanged(request, known)
        elif known and request.path.startswith(tickets):
            answer = _ticket_unchanged(request, known, request.path.removeprefix(tickets).removesuffix("/"))
        return answer or get_response(request)

    return middleware


def _board_unchanged(request: HttpRequest, known: str) -> HttpResponse | None:
    if known != board_etag(request):
        return None
    board = devices.device_behind(request, Device.Kind.BOARD)
    if not devices.may_use(board):
        return None
    return devices.noted(request, HttpResponseNotModified(headers={"ETag": known}), board)


def _ticket_unchanged(request: HttpRequest, known: str, token: str) -> HttpResponse | None:
    if known != ticket_etag(request, token):
        return None
    return HttpResponseNotModified(headers={"ETag": known})
