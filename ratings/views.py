"""The visitor rates the service; the Kepala reads the ratings."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Avg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guestbook.models import Visit
from guestbook.workflow import Move
from ratings import actions
from ratings.forms import RatingForm
from ratings.models import Complaint, Rating
from ratings.skm import ASPECTS

CODE = "complaint_code"
PER_PAGE = 25


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """The nine questions, once per visit, after the service has ended."""
    visit = get_object_or_404(Visit, token=token)
    if closed := _why_closed(visit):
        return render(request, "ratings/rate_closed.html", {"visit": visit, "why": closed})
    form = RatingForm(request.POST or None)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("remark", "complaint")}
        try:
            complaint = actions.rate(visit, answers=form.answers, **said)
        except (actions.AlreadyRated, actions.NotServedYet) as problem:
            return render(request, "ratings/rate_closed.html", {"visit": visit, "why": problem})
        request.session[CODE] = {token: complaint.shown_code} if complaint else {}
        return redirect("ratings:rate_thanks", token)
    return render(request, "ratings/rate.html", {"visit": visit, "form": form, "aspects": ASPECTS})


def _why_closed(visit: Visit) -> Exception | None:
    """Why `visit` cannot be rated now, or None."""
    if visit.rated_at:
        return actions.AlreadyRated()
    return None if Move.RATE in visit.possible_moves else actions.NotServedYet()


@login_not_required
@never_cache
@require_safe
def rate_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks; a complaint's code is shown this once and then forgotten."""
    visit = get_object_or_404(Visit, token=token)
    if not visit.rated_at:
        return redirect("ratings:rate", token)
    code = request.session.pop(CODE, {}).get(token)
    return render(request, "ratings/rate_thanks.html", {"visit": visit, "code": code})


@permission_required("ratings.view_rating", raise_exception=True)
@require_safe
def rating_list(request: HttpRequest) -> HttpResponse:
    """What visitors said: the mean of each unsur, remarks, and complaints for who may read them."""
    means = Rating.objects.aggregate(**{aspect.key: Avg(aspect.key) for aspect in ASPECTS})
    ratings = Paginator(Rating.objects.select_related("visit__service"), PER_PAGE)
    may_read_complaints = request.user.has_perm("ratings.view_complaint")
    complaints = Paginator(Complaint.objects.select_related("visit"), PER_PAGE)
    context = {
        "count": ratings.count,
        "means": [(aspect.name, means[aspect.key]) for aspect in ASPECTS],
        "page": ratings.get_page(request.GET.get("page")),
        "complaints": complaints.get_page(request.GET.get("pengaduan")) if may_read_complaints else None,
    }
    return render(request, "ratings/rating_list.html", context)
