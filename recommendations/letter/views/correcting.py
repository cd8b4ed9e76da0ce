"""An officer corrects one answer of the frozen round, while the Kepala wants to replace the letter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_record, submission_of
from recommendations.instruments.structure import Item, UnknownItem
from recommendations.letter.actions import correcting_answers
from recommendations.letter.forms.correcting import CorrectAnswerForm
from recommendations.letter.numbers import letter_to_replace
from recommendations.models import Letter, Submission
from recommendations.recording.actions.unlocking import item_name


@may_record
def correct_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the items, and the chosen one (`?isian=`) with its answer. POST corrects it."""
    submission = submission_of(request, pk)
    wrong = letter_to_replace(submission)
    if wrong is None:
        messages.error(request, str(correcting_answers.NothingToReplace()))
        return redirect("recommendations:submission_detail", pk)
    item = _item_asked_for(request, submission)
    if item is None:
        return _correction_page(request, submission, wrong, None)
    current = submission.rounds.recorded().latest("number").answers.get(item.id)
    form = CorrectAnswerForm(request.POST or None, item=item, current=current)
    if request.method != "POST" or not form.is_valid():
        return _correction_page(request, submission, wrong, form)
    try:
        correction = correcting_answers.correct_answer(submission, **form.typed(), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    messages.success(request, f"{correction.name} diperbaiki. Kepala membacanya sebelum surat pengganti terbit.")
    return redirect("recommendations:submission_detail", pk)


def _item_asked_for(request: StaffRequest, submission: Submission) -> Item | None:
    """Return the item in the address, or None without one. Raise Http404 when the form has no such item."""
    asked = request.GET.get("isian", "")
    try:
        return submission.instrument.item(asked) if asked else None
    except UnknownItem as problem:
        raise Http404(str(problem)) from None


def _correction_page(
    request: StaffRequest, submission: Submission, wrong: Letter, form: CorrectAnswerForm | None
) -> HttpResponse:
    blocks = [
        (block.title, [(item.id, item_name(item)) for item in block.items]) for block in submission.instrument.blocks
    ]
    facts = {"submission": submission, "wrong": wrong, "form": form, "blocks": blocks}
    return render(request, "recommendations/letter/answer_correct.html", facts)
