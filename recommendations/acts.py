"""Run one action with the fields of an officer's form and show the result as a message, or ask before a second time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from office.fields import first_error
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.models import Dispatch, Submission


def act_by_form(
    request: StaffRequest, row: Model, form: Form, act: Callable[..., Any], said: str, *, to: str = ""
) -> None:
    """Call `act` with the row and the fields of a valid form. Return nothing; tell the user `said` or the error.

    `{}` in `said` becomes the receiver: the one that the form asks for, else `to`.
    """
    if not form.is_valid():
        messages.error(request, first_error(form))
        return
    try:
        act(row, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said.format(form.cleaned_data.get("to", to)))


def ask_again(request: StaffRequest, submission: Submission, form: Form, before: list[Dispatch]) -> HttpResponse:
    """Show who has the letter already, and ask whether to give it once more. The page sends the same form back."""
    typed = {name: form[name].value() for name in ("to", "form_token", "shown")}
    facts = {"submission": submission, "before": before, "typed": typed, "action": request.path}
    return render(request, "recommendations/deliver_again.html", facts, status=409)
