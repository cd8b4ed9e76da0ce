"""The page behind a letter's download link, which the applicant opens, and the officer's button that renews the link.

Scanners of mail servers open every link of a mail. So the page changes nothing; only its button fetches and counts.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.content_types import PDF
from office.downloads import file_answer
from office.errors import limit_page
from office.limits import may_act_again
from office.models import Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import letter_of, may_send
from recommendations.letter.actions import downloads
from recommendations.letter.pdf import file_name
from recommendations.links import download_url, rating_invitation
from recommendations.models import DownloadLink, Letter
from recommendations.workflow import LetterStatus

FETCHES_A_MINUTE = 20
TOO_MANY = "Terlalu sering diunduh. Tunggu satu menit, lalu coba lagi."


def by_link(view: Callable[[HttpRequest, DownloadLink], HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with the link of the token. Answer 404 when there is none, 410 when it has ended.

    Browsers do not store the answer, and search engines do not list it.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        link = DownloadLink.objects.select_related("letter__submission__visit").filter(token=token).first()
        answer = view(request, link) if link and link.is_open else _closed(request, link)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Referrer-Policy"] = "same-origin"  # with "no-referrer" the CSRF check of the form would fail
        return answer

    return login_not_required(never_cache(opened))


def _closed(request: HttpRequest, link: DownloadLink | None) -> HttpResponse:
    """Say how to get a new link: 404 for a token that never was, 410 for a link that has ended."""
    return render(request, "recommendations/letter/download_closed.html", {"link": link}, status=410 if link else 404)


@require_safe
@by_link
def download_page(request: HttpRequest, link: DownloadLink) -> HttpResponse:
    """Show which letter is behind the link, and the button that fetches it."""
    rating = rating_invitation(link.letter.submission, Office.objects.current())
    facts = {"link": link, "letter": link.letter, "rating": rating}
    return render(request, "recommendations/letter/download.html", facts)


@require_POST
@by_link
def fetch_letter(request: HttpRequest, link: DownloadLink) -> HttpResponse:
    """Download the signed letter, unchanged. A colleague who is signed in is not counted as the applicant."""
    if not may_act_again(f"fetch-{link.pk}", a_minute=FETCHES_A_MINUTE):
        return limit_page(request, TOO_MANY)
    read = downloads.look_into if request.user.is_authenticated else downloads.fetch_letter
    try:
        content = read(link)
    except downloads.DownloadEnded:
        return _closed(request, link)
    except Refused:
        messages.error(request, "Berkas surat ini sedang tidak dapat diunduh. Hubungi kami, nanti kami kirimkan.")
        return redirect("recommendations:download_page", link.token)
    return file_answer(content, name=file_name(link.letter), content_type=PDF)


def download_facts(letter: Letter) -> dict[str, Any] | None:
    """Return what `_letter_download.html` shows of a letter's link; None while the letter is not in force."""
    if letter.status != LetterStatus.VALID:
        return None
    link = DownloadLink.objects.filter(letter=letter).select_related("letter").first()
    return {"link": link, "address": download_url(link, Office.objects.current()) if link else ""}


@require_POST
@may_send
def renew_download(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the letter's download link, or let it open for longer. A POST with `whatsapp` goes back to that page."""
    letter = letter_of(request, pk)
    try:
        link = downloads.renew_download(letter, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Tautan unduh berlaku sampai {link.ends_on:%d/%m/%Y}.")
        if "whatsapp" in request.POST:
            return redirect("recommendations:send_whatsapp", pk)
    return redirect("recommendations:submission_detail", letter.submission_id)
