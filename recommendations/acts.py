"""Run one action with the fields of an officer's form and show the result as a message, or ask before a second time."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from office.fields import first_error
from office.outbox import AddressBounced, bounce_words
from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import with_name
from recommendations.models import Dispatch, Submission


def act_by_form(
    request: StaffRequest, row: Model, form: Form, act: Callable[..., Any], said: str, *, to: str = ""
) -> None:
    """Call `act` with the row and the fields of a valid form. Return nothing; tell the user `said` or the error.

    `{}` in `said` becomes the receiver: the one that the form asks for, else `to`. Raise AddressBounced: the view asks.
    """
    if not form.is_valid():
        messages.error(request, first_error(form))
        return
    try:
        act(row, **form.cleaned_data, by=request.user)
    except AddressBounced:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, with_name(said, form.cleaned_data.get("to", to)))


def ask_again(
    request: StaffRequest, submission: Submission, form: Form, *, to: str, before: Sequence[Dispatch] = ()
) -> HttpResponse:
    """Ask whether to send to `to` once more. The page sends the same form back.

    It shows who has the letter already, and that mail to this address came back.
    """
    typed = {name: form[name].value() for name in form.fields if name != "again"}
    facts = {"submission": submission, "before": before, "bounced": bounce_words(to), "to": to}
    facts |= {"typed": typed, "action": request.path}
    return render(request, "recommendations/deliver_again.html", facts, status=409)
