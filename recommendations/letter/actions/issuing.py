"""Issue the letter, or send the submission back for examination; the Kepala does both."""

from django.db import transaction

from office import clock
from office.heads import head_on
from office.models import LetterStyle, Office, User
from office.nudges import nudge
from office.public_address import address_problem
from office.refusals import Refused
from office.seals import MovedOn
from recommendations.examination.actions.examining import forget_first_reading
from recommendations.letter.actions.numbering import Explained, find_places, save_with_numbers
from recommendations.letter.characters import must_be_printable
from recommendations.letter.content import letter_content
from recommendations.letter.ending import end
from recommendations.letter.numbers import letter_to_replace, spelled, suggested_numbers
from recommendations.letter.page_seal import ShownLetter, changes_since
from recommendations.letter.tasks import draw_letter, tell_ended_letters
from recommendations.models import Letter, RatingLink, Submission
from recommendations.moves import locked, move
from recommendations.promise.actions.lateness import must_be_explained
from recommendations.workflow import Move, Status, status_after


class AddressUnfit(Refused):
    """The letter would carry an address of the web that leads nowhere, or that anybody may answer."""


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

    When the submission has a letter that is to be replaced, this one replaces it from now on: it has a number of its
    own and the same identity number.

    `shown` is what the page showed; None when no page suggested anything. The office's row is locked, so that no other
    letter takes the numbers in the meantime. Raise MoveNotAllowed, MovedOn, NumberUnreadable, ImpossibleYear,
    NumberTaken, IdentityStays, ReasonWanted, NotTheHead, AddressUnfit, LateUnexplained, CharactersUnprintable,
    SigningUnderWay, ClockWentBack.
    """
    office = Office.objects.locked()
    submission = locked(submission)
    wrong = letter_to_replace(submission)
    step = Move.REISSUE if wrong else Move.ISSUE
    status_after(step, Status(submission.status))
    today = clock.today()
    numbers = spelled({"number": number, "identity_number": identity_number}, office=office, on=today)
    letter = Letter(
        submission=submission,
        **numbers,
        replaces=wrong,
        route=office.signing_route,
        issued_on=today,
        issued_at=clock.now(),
        issued_by=by,
    )
    head = head_on(letter.issued_on, by)
    if problem := address_problem(office):
        raise AddressUnfit(problem)
    letter.content = letter_content(
        submission,
        office=office,
        style=LetterStyle.objects.current(),
        head=head,
        number=letter.number,
        identity_number=letter.identity_number,
        issued_on=letter.issued_on,
        token=letter.token,
        replaces=wrong,
    )
    if shown is not None:
        _must_be_as_shown(letter, shown, office)
    must_be_printable(letter.content)
    places = find_places(letter, office, Explained(number_reason, None if shown is None else shown.warnings))
    _must_be_explained(submission, late_reason, by=by)
    if wrong:
        end(wrong, Move.REPLACE, reason=wrong.correction_reason, by=by, at=letter.issued_at)
    save_with_numbers(letter, places, by=by)
    RatingLink.objects.get_or_create(submission=submission)
    move(submission, step, by=by, note=_issue_note(letter))
    nudge(draw_letter, letter.pk)
    nudge(tell_ended_letters)
    return letter


def _issue_note(letter: Letter) -> str:
    replaced = f", menggantikan {letter.replaces.number}" if letter.replaces else ""
    return f"{letter.number}, {letter.identity_number}{replaced}"


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
