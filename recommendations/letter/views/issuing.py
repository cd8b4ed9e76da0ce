"""The Kepala's pages: show the submissions that wait, show a draft letter, issue it, or send the submission back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from office.models import Office, SigningRoute
from office.proof import with_password
from office.refusals import Refused
from office.requests import StaffRequest
from office.seals import MovedOn
from recommendations.access import may_issue, submission_of
from recommendations.letter.actions import issuing
from recommendations.letter.actions.numbering import NumberRefused, ReasonWanted
from recommendations.letter.characters import characters_point
from recommendations.letter.differences import difference_points
from recommendations.letter.drafts import Draft, draft_of
from recommendations.letter.forms.issuing import IssueForm, NumbersForm, SendBackForm
from recommendations.letter.numbers import letter_to_replace, spelled, suggested_numbers
from recommendations.letter.page_seal import ShownLetter, shown_letter
from recommendations.letter.points import points_of
from recommendations.letter.views.waiting import cards_of, loaded, waiting_for, why_closed
from recommendations.models import Letter, Submission
from recommendations.promise.views.lateness import late_form, typed_reason
from recommendations.uploads.pages import NoSuchPage, page_number
from recommendations.uploads.refusal import BadFile

ISSUE = "terbitkan"
"""The id of the dialog that issues the letter; its form is `terbitkan-form`."""


@require_safe
@may_issue
def letter_queue(request: StaffRequest) -> HttpResponse:
    """Show the letters whose PDF is stuck, the submissions that wait for their letter, and the unsigned letters."""
    letters = Letter.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    unsigned = letters.awaiting_signature().select_related("submission__applicant__agency")
    facts = {
        "cards": cards_of(waiting_for(request), timezone.localdate()),
        "closed": why_closed(request),
        "stuck_letters": letters.stuck(),
        "unsigned": unsigned,
        "can_sign_here": any(SigningRoute(letter.route).is_direct for letter in unsigned),
        "today": timezone.localdate(),
    }
    return render(request, "recommendations/letter/letter_queue.html", facts)


@may_issue
@with_password
def letter_issue(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the letter as it will be printed, and the form for its numbers. POST issues it.

    When the letter is not any more as the page showed it, show the page again with what has changed.
    """
    submission = submission_of(request, pk)
    form = IssueForm(request.POST or None, initial=_suggested(submission), **_form_facts(submission))
    if request.method != "POST" or not form.is_valid():
        return _issue_page(request, submission, form)
    shown = ShownLetter.unsealed(request.POST.get("shown", ""))
    try:
        letter = issuing.issue_letter(submission, **form.cleaned_data, **_late(request), shown=shown, by=request.user)
    except MovedOn as moved:
        fresh = _with_new_suggestions(form, submission, shown)
        return _issue_page(request, submission, fresh, changes=moved.changes)
    except NumberRefused as problem:
        _tell(form, problem, submission)
        return _issue_page(request, submission, form)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Surat {letter.number} terbit dan menunggu tanda tangan.")
    return redirect("recommendations:letter_queue")


def _late(request: StaffRequest) -> dict[str, str]:
    """Return the typed reason for being late. One that is too long counts as none; the browser prevents it."""
    return {"late_reason": typed_reason(request)[0]}


def _suggested(submission: Submission) -> dict[str, str]:
    return suggested_numbers(submission, office=Office.objects.current(), issued_on=timezone.localdate())


def _with_new_suggestions(form: IssueForm, submission: Submission, shown: ShownLetter) -> IssueForm:
    """Return the form with the typed numbers; a number that was only the old suggestion becomes the new one."""
    typed = {name: number for name, number in form.cleaned_data.items() if number != shown.numbers.get(name)}
    return IssueForm(initial=_suggested(submission) | typed, **_form_facts(submission))


def _tell(form: IssueForm, problem: NumberRefused, submission: Submission) -> None:
    """Show at its field why a number is refused, with the next free one, or what is unusual about it."""
    if isinstance(problem, ReasonWanted):
        form.tell(problem.warnings)
        return
    suggested = _suggested(submission)[problem.field]
    form.add_error(problem.field, f"{problem} Berikutnya: {suggested}." if suggested else str(problem))


def _form_facts(submission: Submission) -> dict[str, Any]:
    return {
        "office": Office.objects.current(),
        "activity_letter": submission.instrument.activity_letter,
        "form_id": f"{ISSUE}-form",
        "keeps_identity": letter_to_replace(submission) is not None,
    }


def _issue_page(
    request: StaffRequest, submission: Submission, form: IssueForm, *, changes: Sequence[str] = ()
) -> HttpResponse:
    waiting = list(waiting_for(request))
    here = next((place for place, one in enumerate(waiting) if one.pk == submission.pk), None)
    if here is None:  # issued or sent back meanwhile, perhaps by an acting head
        return redirect("recommendations:submission_detail", submission.pk)
    numbers = {name: form[name].value() or "" for name in NumbersForm.base_fields}
    draft = _draft(request, submission, numbers)
    recorded, verification = loaded(waiting[here])
    examined = recorded[-1]
    examined.submission = waiting[here]
    page = page_number(request.GET.get("halaman", ""), draft.page_count)
    context = {
        "submission": waiting[here],
        "card": cards_of(waiting[here : here + 1], timezone.localdate())[0],
        "place": here + 1,
        "waiting_count": len(waiting),
        "round": examined,
        "late_form": late_form(examined, typed=_late(request)["late_reason"]),
        "points": [
            *points_of(examined, verification, Office.objects.current()),
            *difference_points(draft.content, letter_to_replace(submission)),
            characters_point(draft.content),
        ],
        "form": form,
        "send_back_form": SendBackForm(auto_id="back_%s"),
        "closed": why_closed(request),
        "draft": draft,
        "page": page,
        "is_large": "besar" in request.GET,
        "numbers": _query(numbers),
        "changes": changes,
        "shown": _shown(request, submission, form, draft, is_fresh=bool(changes) or not form.is_bound),
    }
    return render(request, "recommendations/letter/letter_issue.html", context)


def _shown(request: StaffRequest, submission: Submission, form: IssueForm, draft: Draft, *, is_fresh: bool) -> str:
    """Return what the page shows, sealed.

    A page that comes back with an error in a number is not fresh: it does not say yet what changed since the first.
    """
    if is_fresh:
        return shown_letter(draft.content, day=draft.issued_on, numbers=_suggested(submission)).sealed()
    shown = request.POST.get("shown", "")
    return ShownLetter.unsealed(shown).telling(form.warnings).sealed() if form.warnings else shown


def _query(numbers: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(numbers)
    return query.urlencode()


def _draft(request: StaffRequest, submission: Submission, numbers: QueryDict | dict[str, str]) -> Draft:
    """Return the draft with the numbers typed so far. A number that is not valid is left out."""
    typed = spelled(NumbersForm(numbers).typed(), office=Office.objects.current(), on=timezone.localdate())
    return draft_of(submission, **typed, reader=request.user)


@require_safe
@may_issue
@cache_control(private=True, no_store=True)
def draft_page(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Show one page of the draft as a picture. `?number=` and `?identity_number=` are the typed numbers."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user).awaiting_issue(), pk=pk)
    try:
        picture = _draft(request, submission, request.GET).page(n)
    except (NoSuchPage, BadFile) as problem:
        raise Http404 from problem
    return HttpResponse(picture, content_type="image/png")


@require_safe
@may_issue
@cache_control(private=True, no_store=True)
def draft_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the draft as PDF, with KONSEP behind the text."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user).awaiting_issue(), pk=pk)
    draft = _draft(request, submission, request.GET)
    name = f"Konsep surat {submission.number:03}-{submission.year}.pdf"
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(draft.pdf, content_type="application/pdf", headers=disposition)


@require_POST
@may_issue
def letter_send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the submission back for examination, with the reason."""
    submission = submission_of(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect("recommendations:letter_issue", pk)
    try:
        issuing.send_back(submission, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Permohonan {submission.register} dikembalikan kepada petugas.")
    return redirect("recommendations:letter_queue")
