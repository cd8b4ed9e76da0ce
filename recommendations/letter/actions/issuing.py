"""Issue the letter, or send the submission back for examination; the Kepala does both."""

from django.db import transaction
from django.utils import timezone

from office.models import Head, Office, User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.examination.actions.examining import forget_first_reading
from recommendations.letter.content import letter_content
from recommendations.letter.numbers import sequence_of
from recommendations.letter.tasks import draw_letter
from recommendations.models import Dispatch, Letter, Submission
from recommendations.moves import locked, move
from recommendations.promise.actions.lateness import must_be_explained
from recommendations.workflow import Move, Status, status_after


class NotTheHead(Refused):
    """Raised when the user does not head the office on the letter's date."""

    def __init__(self) -> None:
        super().__init__("Anda tidak tercatat sebagai Kepala, Plt., atau Plh. pada tanggal ini. Hubungi admin kantor.")


class NumberTaken(Refused):
    """Raised when another letter has this number. `field` is the name of the form field."""

    def __init__(self, field: str, number: str):
        self.field = field
        super().__init__(f"Nomor {number} sudah dipakai surat lain.")


@transaction.atomic
def issue_letter(
    submission: Submission, *, number: str, identity_number: str, late_reason: str = "", by: User
) -> Letter:
    """Issue the letter and return it. Its content is frozen now; the worker draws the PDF from it.

    The office's row is locked, so that no other letter takes the numbers in the meantime.
    Raise MoveNotAllowed, NumberTaken, NotTheHead, LateUnexplained.
    """
    office = Office.objects.select_for_update().get(pk=Office.ONLY)
    submission = locked(submission)
    status_after(Move.ISSUE, Status(submission.status))
    today = timezone.localdate()
    head = Head.objects.on(today).filter(user=by).first()
    if head is None:
        raise NotTheHead
    _must_be_free("number", number)
    _must_be_free("identity_number", identity_number)
    _must_be_explained(submission, late_reason, by=by)
    letter = Letter(
        submission=submission,
        number=number,
        sequence=sequence_of(number, office=office, issued_on=today),
        identity_number=identity_number,
        issued_on=today,
        issued_by=by,
    )
    letter.content = letter_content(
        submission,
        office=office,
        head=head,
        number=number,
        identity_number=identity_number,
        issued_on=today,
        token=letter.token,
    )
    letter.save()
    move(submission, Move.ISSUE, by=by, note=f"{number}, {identity_number}")
    if office.send_on_issue:
        Dispatch.objects.create(
            letter=letter, channel=Dispatch.Channel.EMAIL, to=submission.applicant.email, requested_by=by
        )
    nudge(draw_letter, letter.pk)
    return letter


def _must_be_free(field: str, number: str) -> None:
    if Letter.objects.filter(**{field: number}).exists():
        raise NumberTaken(field, number)


def _must_be_explained(submission: Submission, reason: str, *, by: User) -> None:
    examined = submission.rounds.recorded().latest("number")
    examined.submission = submission
    must_be_explained(examined, reason, by=by)


@transaction.atomic
def send_back(submission: Submission, *, reason: str, by: User) -> Submission:
    """Send a verified submission back for examination, also by the first reader. Raise MoveNotAllowed."""
    submission = move(locked(submission), Move.SEND_BACK, by=by, note=reason)
    forget_first_reading(submission.rounds.recorded().latest("number"))
    return submission
