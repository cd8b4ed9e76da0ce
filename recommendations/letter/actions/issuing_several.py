"""Issue several letters with one press, with the next numbers of their registers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from office import clock
from office.heads import head_on
from office.models import Office, User
from office.refusals import Refused
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.numbers import suggested_numbers
from recommendations.letter.page_seal import ShownLetter
from recommendations.models import Letter, Submission


class NoNumberLeft(Refused):
    """Raised when no number of the common register is reserved any more: none is invented."""

    def __init__(self) -> None:
        super().__init__("Tidak ada lagi nomor yang dipesan dari register umum. Pesan dahulu pada Register nomor.")


@dataclass(frozen=True)
class Issue:
    """What became of one submission: its letter, or why it has none."""

    submission: Submission
    letter: Letter | None = None
    refusal: Refused | None = None


def issue_several(chosen: Mapping[Submission, ShownLetter], *, by: User) -> list[Issue]:
    """Issue a letter for each submission, in their order. Return what became of each.

    Each is a transaction of its own, so that one that is refused holds up no other. With each submission comes what
    the page showed of its letter. Raise NotTheHead, ClockWentBack before any letter is issued.
    """
    head_on(clock.today(), by)
    return [_issued(submission, shown, by) for submission, shown in chosen.items()]


def _issued(submission: Submission, shown: ShownLetter, by: User) -> Issue:
    try:
        return Issue(submission, letter=_issue_next(submission, shown, by))
    except Refused as refusal:
        return Issue(submission, refusal=refusal)


@transaction.atomic
def _issue_next(submission: Submission, shown: ShownLetter, by: User) -> Letter:
    """Issue the letter with the next numbers. The office's row is locked, so that they are still next."""
    office = Office.objects.locked()
    numbers = suggested_numbers(submission, office=office, issued_on=clock.today())
    if not numbers["number"]:
        raise NoNumberLeft
    return issue_letter(submission, **numbers, shown=shown, by=by)
