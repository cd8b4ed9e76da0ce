"""How board, telephone and console learn within a second that something has changed (docs/decisions/0006)."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guestbook.models import VisitEvent
from office import devices
from office.models import Device

WINDOW = 50


def version(now: datetime) -> str:
    """Changes with whatever the screens show: every move of a visit writes an event, waits grow by the minute.

    One look at the index. Not the highest id alone: two moves may be committed in another order than numbered.
    """
    newest = VisitEvent.objects.order_by("-pk").values_list("pk", flat=True)[:WINDOW]
    return f"{timezone.localtime(now):%Y-%m-%d %H.%M} {list(newest)}"


def etag_of(request: HttpRequest, *facts: str) -> str:
    """The ETag of this address now, with `facts` that change without an event.

    Keyed, so that nobody computes how many visits there were; bound to the address, so that it opens no other.
    """
    said = [version(timezone.now()), request.path, *facts]
    return f'"{salted_hmac("guestbook.live", repr(said), algorithm="sha256").hexdigest()[:20]}"'


def unchanged_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The first middleware: a board or a telephone that knows the newest version gets its 304 before any other.

    It has the ETag from an answer that passed every check; a board must hold its key still. All else goes the long way.
    """
    board, tickets = reverse("guestbook:board_state"), reverse("guestbook:ticket", args=["-"]).removesuffix("-/")

    def middleware(request: HttpRequest) -> HttpResponse:
        known = request.headers.get("If-None-Match")
        if not known or not request.path.startswith((board, tickets)) or known != etag_of(request):
            return get_response(request)
        unchanged = HttpResponseNotModified(headers={"ETag": known})
        if request.path != board:
            return unchanged
        is_ours = devices.may_use(request, Device.Kind.BOARD)
        return devices.noted(request, unchanged) if is_ours else get_response(request)

    return middleware
