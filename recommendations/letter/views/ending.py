"""The Kepala revokes an issued letter, lets it be replaced, or keeps it."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from office.proof import with_password
from office.requests import StaffRequest
from recommendations.access import letter_of, may_issue
from recommendations.acts import act_by_form
from recommendations.letter.actions import replacing, revoking
from recommendations.letter.forms.ending import ReplaceForm, RevokeForm, ShownForm
from recommendations.models import Letter


@require_POST
@may_issue
@with_password
def revoke_letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Revoke the letter with the reason."""
    said = "Surat dicabut. Pemohon diberi tahu lewat e-mail."
    return _decide(request, pk, RevokeForm(request.POST), revoking.revoke_letter, said)


@require_POST
@may_issue
@with_password
def replace_letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that the letter is to be replaced, and why."""
    said = "Surat akan diganti. Setelah isinya diperbaiki, terbitkan surat penggantinya."
    return _decide(request, pk, ReplaceForm(request.POST), replacing.want_replacement, said)


@require_POST
@may_issue
def keep_letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the letter that was to be replaced."""
    return _decide(request, pk, ShownForm(request.POST), replacing.keep_letter, "Surat tidak jadi diganti.")


def _decide(request: StaffRequest, pk: int, form: Form, act: Callable[..., Letter], said: str) -> HttpResponse:
    """Call `act` with a letter that the user may see and the fields of the form; show `said` or the refusal."""
    letter = letter_of(request, pk)
    act_by_form(request, letter, form, act, said)
    return redirect("recommendations:submission_detail", letter.submission_id)
