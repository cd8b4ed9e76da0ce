"""What the page of a submission shows of its letter's signature."""

from typing import Any

from office.models import SigningRoute, User
from recommendations.models import SignedCopy, Submission
from recommendations.signing.forms import ScanForm, SignedFileForm
from recommendations.signing.signer_names import is_name_of
from recommendations.workflow import Move


def signing_panel(submission: Submission, user: User) -> dict[str, Any] | None:
    """Return what `_signing.html` shows, or None before the letter is issued."""
    letter = submission.letter
    if letter is None:
        return None
    copies = list(letter.copies.select_related("uploaded_by", "decided_by"))
    may_upload = Move.SIGN in submission.possible_moves and user.has_perm("recommendations.sign_letter")
    signed = _first(copies, SignedCopy.State.ACCEPTED)
    return {
        "letter": letter,
        "signed": signed,
        "other_name": signed is not None and not any(is_name_of(one, letter.signatory) for one in signed.signers),
        "scan": _first(copies, SignedCopy.State.WAITING),
        "rejected": [copy for copy in copies if copy.outcome == SignedCopy.State.REJECTED],
        "is_wet": letter.route == SigningRoute.WET,
        "is_direct": SigningRoute(letter.route).is_direct,
        "form": (ScanForm() if letter.route == SigningRoute.WET else SignedFileForm()) if may_upload else None,
    }


def _first(copies: list[SignedCopy], outcome: str) -> SignedCopy | None:
    return next((copy for copy in copies if copy.outcome == outcome), None)
