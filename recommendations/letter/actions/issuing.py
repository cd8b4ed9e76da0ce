"""Issue the letter, or send the submission back for examination; the Kepala does both."""

from django.db import transaction

from office import clock
from office.heads import head_on
from office.models import Office, User
from office.nudges import nudge
from recommendations.examination.actions.examining import forget_first_reading
from recommendations.letter.actions.numbering import Explained, find_places, save_with_numbers
from recommendations.letter.content import letter_content
from recommendations.letter.numbers import spelled, suggested_numbers
from recommendations.letter.shown import ShownLetter, changes_since
from recommendations.letter.signs import must_be_printable
from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter, Submission
from recommendations.moves import locked, move
from recommendations.promise.actions.lateness import must_be_explained
from recommendations.seals import MovedOn
from recommendations.workflow import Move, Status, status_after


@transaction.atomic
def issue_letter(
    submission: Submission,
    *,
    number: str,
    identity_number: str,
    number_reason: str = "",
    late_reason: str = "",
    shown: ShownLetter | None = None,
    by: User,
) -> Letter:
    """Issue the letter and return it. Its content is frozen now; the worker draws the PDF, which waits to be signed.

    `shown` is what the page showed; None when no page suggested anything. The office's row is locked, so that no other
    letter takes the numbers in the meantime. Raise MoveNotAllowed, MovedOn, NumberUnreadable, ImpossibleYear,
    NumberTaken, ReasonWanted, NotTheHead, LateUnexplained, SignsUnprintable, ClockWentBack.
    """
    office = Office.objects.select_for_update().get(pk=Office.ONLY)
    submission = locked(submission)
    status_after(Move.ISSUE, Status(submission.status))
    today = clock.today()
    numbers = spelled({"number": number, "identity_number": identity_number}, office=office, on=today)
    letter = Letter(submission=submission, **numbers, route=office.signing_route, issued_on=today, issued_by=by)
    head = head_on(letter.issued_on, by)
    letter.content = letter_content(
        submission, office=office, head=head, **numbers, issued_on=letter.issued_on, token=letter.token
    )
    if shown is not None:
        _must_be_as_shown(letter, shown, office)
    must_be_printable(letter.content)
    places = find_places(letter, office, Explained(number_reason, None if shown is None else shown.warnings))
    _must_be_explained(submission, late_reason, by=by)
    save_with_numbers(letter, places, by=by)
    move(submission, Move.ISSUE, by=by, note=f"{letter.number}, {letter.identity_number}")
    nudge(draw_letter, letter.pk)
    return letter


def _must_be_as_shown(letter: Letter, shown: ShownLetter, office: Office) -> None:
    """Raise MovedOn when the letter would have other words, another day or other numbers than the page showed."""
    changes = changes_since(
        shown,
        content=letter.content,
        day=letter.issued_on,
        suggested=suggested_numbers(letter.submission, office=office, issued_on=letter.issued_on),
        typed={"number": letter.number, "identity_number": letter.identity_number},
    )
    if changes:
        raise MovedOn(changes)


def _must_be_explained(submission: Submission, reason: str, *, by: User) -> None:
    examined = submission.rounds.recorded().latest("number")
    examined.submission = submission
    must_be_explained(examined, reason, by=by)


@transaction.atomic
def send_back(submission: Submission, *, reason: str, by: User) -> Submission:
    """Send a verified submission back for examination, also by the first reader. Raise NotTheHead, MoveNotAllowed."""
    head_on(clock.today(), by)
    submission = move(locked(submission), Move.SEND_BACK, by=by, note=reason)
    forget_first_reading(submission.rounds.recorded().latest("number"))
    return submission
