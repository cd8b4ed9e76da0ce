"""The public page of an issued letter. Its address has the letter's secret token, which its QR code contains."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from office.limits import may_act_again
from recommendations.checking.answers import VisitorAnswer
from recommendations.checking.forms import FileToCheckForm
from recommendations.checking.matching import answer_about
from recommendations.checking.states import file_kind, head_of, state_of
from recommendations.letter.pdf import NotDrawnYet
from recommendations.models import Letter
from recommendations.papers import FileDamaged
from recommendations.uploads.refusal import DiskNotReady, NotCheckedNow

FILES_A_MINUTE = 20
"""The limit of one letter's page, more than a visitor needs."""
TOO_MANY = "Terlalu banyak berkas diperiksa. Tunggu satu menit, lalu coba lagi."
NOT_NOW = "Berkas belum dapat diperiksa sekarang. Coba lagi sebentar, atau tanyakan kepada petugas PST."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is known of a letter. POST compares a file with it, and shows the answer above.

    Answer 429 after too many files in a minute, and 503 when a file cannot be compared now. Nothing is kept.
    """
    letter = get_object_or_404(Letter, token=token)
    if request.method != "POST":
        return _page(request, letter, FileToCheckForm())
    form = FileToCheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, letter, form)
    if not may_act_again(f"check-{letter.pk}", a_minute=FILES_A_MINUTE):
        return _refused(request, letter, form, TOO_MANY, 429)
    file = form.cleaned_data["file"]
    try:
        answer = answer_about(letter, file.read(), for_visitor=True)
    except (NotCheckedNow, DiskNotReady, NotDrawnYet, FileDamaged):
        return _refused(request, letter, form, NOT_NOW, 503)
    return _page(request, letter, FileToCheckForm(), answer=answer, file_name=file.name)


def _refused(request: HttpRequest, letter: Letter, form: FileToCheckForm, words: str, status: int) -> HttpResponse:
    form.add_error("file", words)
    return _page(request, letter, form, status=status)


def _page(
    request: HttpRequest,
    letter: Letter,
    form: FileToCheckForm,
    *,
    answer: VisitorAnswer | None = None,
    file_name: str = "",
    status: int = 200,
) -> HttpResponse:
    replacement = letter.replaced_by if letter.is_ended else None
    facts: dict[str, Any] = {
        "letter": letter,
        "words": letter.content,
        "head": head_of(letter, answer),
        "signed": letter.copies.accepted().first(),
        "form": form,
        "answer": answer,
        "answer_kind": file_kind(state_of(letter), answer) if answer else "",
        "replacement": replacement,
        "replacement_state": state_of(replacement).name if replacement else "",
        "file_name": file_name,
    }
    answered = render(request, "recommendations/checking/check_letter.html", facts, status=status)
    answered["Referrer-Policy"] = "same-origin"  # with "no-referrer" the CSRF check of the form would fail
    return answered
