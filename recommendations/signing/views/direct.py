"""The Kepala signs the letters that wait, several with one passphrase."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from office.models import Head, SigningRoute
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import letter_of, may_issue
from recommendations.letter.numbers import letters_in_words
from recommendations.models import Letter, Submission
from recommendations.models.letters import LetterQuerySet
from recommendations.signing.actions.direct import SigningResult, allow_again, sign_directly
from recommendations.signing.esign import Passphrase
from recommendations.signing.forms import SignForm
from recommendations.signing.refusals import NotTried, WrongPassphrase

DIRECT = [route for route in SigningRoute if route.is_direct]


@may_issue
@cache_control(private=True, no_store=True)
@sensitive_post_parameters("passphrase")
@sensitive_variables("form")
def sign_letters(request: StaffRequest) -> HttpResponse:
    """Show the letters that wait for the Kepala's electronic signature. POST signs the chosen ones."""
    letters = _waiting(request)
    ready = letters.exclude(pdf="").filter(maybe_signed_at=None, issued_by=request.user)
    form = SignForm(request.POST or None, letters=ready)
    if request.method == "POST" and form.is_valid():
        _sign(request, form)
        return redirect("recommendations:sign_letters")
    facts = {
        "letters": letters,
        "form": form,
        "chosen": request.POST.getlist("letters") or [str(letter.pk) for letter in ready],
        "is_head": Head.objects.on(timezone.localdate()).filter(user=request.user).exists(),
        "is_drawing": any(not (letter.is_drawn or letter.why_stuck) for letter in letters),
    }
    return render(request, "recommendations/signing/sign_letters.html", facts)


def _waiting(request: StaffRequest) -> LetterQuerySet:
    visible = Submission.objects.visible_to(request.user)
    waiting = Letter.objects.awaiting_signature().filter(submission__in=visible, route__in=DIRECT)
    return waiting.select_related("submission__applicant__agency")


@sensitive_variables()
def _sign(request: StaffRequest, form: SignForm) -> None:
    """Sign the chosen letters, and say what became of each."""
    passphrase = Passphrase(form.cleaned_data["passphrase"])
    try:
        outcomes = sign_directly(list(form.cleaned_data["letters"]), passphrase=passphrase, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    finally:
        passphrase.wipe()
    _say(request, outcomes)


def _say(request: StaffRequest, outcomes: list[SigningResult]) -> None:
    signed = [outcome.letter for outcome in outcomes if not outcome.refusal]
    if signed:
        messages.success(request, f"{letters_in_words(signed)} ditandatangani dan berlaku.")
    for words, letters in _by_refusal(outcomes).items():
        messages.error(request, f"{letters_in_words(letters)}: {words}")


def _by_refusal(outcomes: list[SigningResult]) -> dict[str, list[Letter]]:
    """Return the letters that were not signed, by the words of the refusal, so that each is said once.

    After a wrong passphrase, letters that were not tried any more have the same reason.
    """
    wrong = next((one.refusal for one in outcomes if isinstance(one.refusal, WrongPassphrase)), None)
    letters: dict[str, list[Letter]] = {}
    for outcome in outcomes:
        if outcome.refusal:
            refusal = wrong if wrong and isinstance(outcome.refusal, NotTried) else outcome.refusal
            letters.setdefault(str(refusal), []).append(outcome.letter)
    return letters


@require_POST
@may_issue
def sign_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a letter be signed again whose result was unknown."""
    letter = letter_of(request, pk)
    try:
        allow_again(letter, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Surat {letter.number} boleh ditandatangani lagi.")
    return redirect("recommendations:sign_letters")
