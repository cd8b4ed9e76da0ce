"""The Kepala issues several letters with one press: those without a warning."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from office.models import Office
from office.proof import is_without_password
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_issue
from recommendations.letter.actions.issuing_several import Issue, issue_several
from recommendations.letter.annex import Examination, advice_in
from recommendations.letter.characters import characters_point
from recommendations.letter.drafts import Occasion, draft_content, occasion_of
from recommendations.letter.forms.issuing_several import SeveralForm
from recommendations.letter.numbers import letters_in_words, next_numbers
from recommendations.letter.page_seal import NUMBERS, ShownLetter, shown_letter
from recommendations.letter.points import Point, points_of
from recommendations.letter.views.waiting import loaded, waiting_for, why_closed, wrong_letter_of
from recommendations.models import Submission
from recommendations.promise.actions.lateness import is_past_due

LATE = "Lewat jatuh tempo, dan sebabnya belum ditulis"
REPLACES = "Menggantikan surat yang keliru; baca dahulu perbaikannya"


@dataclass(frozen=True)
class Offer:
    """One letter of the page: the warnings against it, and what the page shows of it, sealed."""

    submission: Submission
    against: list[Point]
    shown: str


@may_issue
@cache_control(private=True, no_store=True)
def issue_letters(request: StaffRequest) -> HttpResponse:
    """Show the letters that wait. POST issues the chosen ones; one with a warning is issued on its own page.

    POST with `?konfirmasi=terbitkan`, which a browser without script sends, only asks whether to issue them.
    """
    offers, closed = _offers(request), why_closed(request)
    form = SeveralForm(request.POST or None, ready=[offer.submission for offer in offers if not offer.against])
    is_asked = "konfirmasi" in request.GET
    if (
        request.method == "POST"
        and not closed
        and form.is_valid()
        and not is_asked
        and not is_without_password(request)
    ):
        if form.gone:
            messages.error(request, f"{form.gone} surat tidak lagi dapat diterbitkan bersama. Lihat lagi daftarnya.")
        _issue(request, form.cleaned_data["submissions"])
        return redirect("recommendations:letter_queue")
    chosen = request.POST.getlist("submissions") if form.is_bound else [str(pk) for pk in form.ready]
    facts = {
        "offers": offers,
        "form": form,
        "chosen": chosen,
        "closed": closed,
        "numbers": next_numbers(Office.objects.current(), timezone.localdate(), count=len(form.ready)),
    }
    return render(request, "recommendations/letter/issue_letters.html", facts)


def _offers(request: StaffRequest) -> list[Offer]:
    """Return the offers. What is the same for all letters is read once, so that many letters need few queries."""
    occasion = occasion_of(request.user, timezone.localdate())
    return [_offer(submission, occasion) for submission in waiting_for(request, with_answers=True)]


def _offer(submission: Submission, occasion: Occasion) -> Offer:
    recorded, verification = loaded(submission)
    examined = recorded[-1]
    examined.submission = submission
    examination, wrong = Examination(examined, advice_in(recorded), verification), wrong_letter_of(submission)
    content = draft_content(submission, occasion, replaces=wrong, examination=examination)
    points = [*points_of(examined, verification, occasion.office), characters_point(content)]
    if is_past_due(examined) and not examined.late_reason:
        points.append(Point("warn", LATE))
    if wrong:
        points.append(Point("warn", REPLACES))
    against = [point for point in points if point.kind == "warn"]
    shown = shown_letter(content, day=occasion.day, numbers=dict.fromkeys(NUMBERS, ""))
    return Offer(submission, against, shown.sealed())


def _issue(request: StaffRequest, submissions: list[Submission]) -> None:
    """Issue the letters, and say what became of each."""
    chosen = {one: ShownLetter.unsealed(request.POST.get(f"shown-{one.pk}", "")) for one in submissions}
    try:
        issues = issue_several(chosen, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    _say(request, issues)


def _say(request: StaffRequest, issues: list[Issue]) -> None:
    issued = [issue.letter for issue in issues if issue.letter]
    if issued:
        messages.success(request, f"{letters_in_words(issued)} terbit dan menunggu tanda tangan.")
    for issue in issues:
        if issue.refusal:
            messages.error(request, f"{issue.submission.register} belum terbit. {issue.refusal}")
