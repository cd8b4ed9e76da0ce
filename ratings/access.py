"""Who may rate and who may read the ratings.

A rating link opens for its visitor: not in a browser in which a colleague is signed in, and not too often.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from guestbook.models import Visit
from office.colleagues import refusal_to_colleague
from office.devices import browser_of
from office.errors import limit_page
from office.limits import may_act_again
from office.models import Device
from ratings.models import Rated
from recommendations.models import RatingLink

OPENED_A_MINUTE = 30
"""For one browser or tablet: ten visitors a minute, each with the face, the questions and the thanks."""
SENT_A_MINUTE = 20
"""For one link: a visitor sends twice, and again after a question that was not answered."""
UNKNOWN_A_MINUTE = 30
"""For unknown links of all browsers that keep no cookie. A real link opens also while these are refused."""
TOO_OFTEN = "Terlalu sering dibuka. Tunggu satu menit, lalu coba lagi. Penilaian yang sudah terkirim tetap tersimpan."


class RatingRequest(HttpRequest):
    """A request to a rating link. `is_too_often` says that a sent form is over the limit and must not be saved."""

    is_too_often: bool


sees_ratings = permission_required("ratings.view_rating", raise_exception=True)


def by_rating_link(view: Callable[[RatingRequest, Rated], HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with the visit or the recommendation of the token.

    Answer 404 when there is none, and 403 with words in a browser in which a colleague is signed in. Answer 429 after
    too many requests of one browser or tablet, too many POSTs to one link, or too many unknown links without a cookie.
    The view itself answers a form that was sent to a real link, so that no answer of the visitor is lost.
    IP addresses are not counted, because visitors in one building share one.
    """

    @wraps(view)
    def opened(request: RatingRequest, token: str) -> HttpResponse:
        browser, rated = browser_of(request, Device.Kind.TABLET), _behind(token)
        request.is_too_often = not _may_open(request, browser, rated)
        if request.is_too_often and (rated is None or request.method != "POST"):
            return too_often(request)
        if rated is None:
            get_token(request)  # the browser gets a cookie, by which its next tries are counted
            raise Http404
        return refusal_to_colleague(request, "ratings/rate_by_staff.html") or view(request, rated)

    return opened


def too_often(request: HttpRequest) -> HttpResponse:
    """Return the page for one request too many, on the tablet or on a telephone."""
    return limit_page(request, TOO_OFTEN)


def _behind(token: str) -> Rated | None:
    links = RatingLink.objects.select_related("submission__officer")
    return Visit.objects.filter(token=token).first() or links.filter(token=token).first()


def _may_open(request: HttpRequest, browser: str, rated: Rated | None) -> bool:
    if browser and not may_act_again(f"rate-by-{browser}", a_minute=OPENED_A_MINUTE):
        return False
    if rated is None:
        return bool(browser) or may_act_again("rate-unknown", a_minute=UNKNOWN_A_MINUTE)
    return request.method != "POST" or may_act_again(f"rate-{rated.token}", a_minute=SENT_A_MINUTE)
