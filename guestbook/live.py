"""How board, telephone and console learn within a second that something has changed (docs/decisions/0006)."""

from collections.abc import Callable

from django.core.cache import cache
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guestbook.models import Visit, VisitEvent
from guestbook.workflow import Status
from office import devices
from office.models import Device

WINDOW = 50
KEPT_FOR = 60
"""Seconds; a version lasts no longer."""


def version() -> str:
    """Changes with whatever the screens show: every move of a visit writes an event, waits grow by the minute.

    One look at the index. Not the highest id alone: two moves may be committed in another order than numbered.
    """
    newest = VisitEvent.objects.order_by("-pk").values_list("pk", flat=True)[:WINDOW]
    return _sealed(f"{timezone.localtime():%Y-%m-%d %H.%M}", *newest)


def _sealed(*facts: object) -> str:
    """A short digest that nobody else can compute: an ETag must not tell how many visits there were."""
    return salted_hmac("guestbook.live", repr(facts), algorithm="sha256").hexdigest()[:20]


def board_etag(request: HttpRequest) -> str:
    """All boards show the same."""
    return f'"{_sealed(request.path, version())}"'


def ticket_etag(request: HttpRequest, token: str) -> str | None:
    """The page of a number of today changes with its own moves, and while it waits with whoever else waits."""
    now = version()
    place = cache.get_or_set(f"places.{now}", lambda: _places(now), KEPT_FOR).get(token)
    return f'"{_sealed(request.path, place)}"' if place else None


def _places(now: str) -> dict[str, str]:
    visits = Visit.objects.on(timezone.localdate()).order_by().annotate(newest=Max("events__pk"))
    rows = list(visits.values_list("token", "status", "newest"))
    waiting = _sealed(f"{timezone.localtime():%H.%M}", *sorted(row for row in rows if row[1] == Status.WAITING))
    return {token: f"{newest} {waiting if status == Status.WAITING else ''}" for token, status, newest in rows}


def queue_etag(request: HttpRequest, number: int) -> str:
    """The queue of a counter, and what is said above it of the boards."""
    present, troubles = request.GET.get("hadir", ""), devices.board_troubles(timezone.now())
    return f'"{_sealed(request.path, present, troubles, version())}"'


def unchanged_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The first middleware: a board or a telephone that knows the newest state gets its 304 before any other.

    It has the ETag from an answer that passed every check; a board must hold its key still. All else goes the long way.
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
    if known != board_etag(request) or not devices.may_use(request, Device.Kind.BOARD):
        return None
    return devices.noted(request, HttpResponseNotModified(headers={"ETag": known}))


def _ticket_unchanged(request: HttpRequest, known: str, token: str) -> HttpResponse | None:
    if known != ticket_etag(request, token):
        return None
    return HttpResponseNotModified(headers={"ETag": known})
