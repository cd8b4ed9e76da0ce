"""Put the mail of a letter into the outbox, and move the submission when the outbox knows the mail's result."""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from office.batches import each_alone
from office.models import Mail, Office, User
from office.outbox import put_mail
from recommendations.letter.downloads import offered_link
from recommendations.letter.pdf import file_name, given_file
from recommendations.links import download_url, offered_rating
from recommendations.models import Dispatch, DownloadLink, Letter, Submission, note_delivered
from recommendations.moves import locked, move, note_event
from recommendations.workflow import Move, Status


@transaction.atomic
def owe_letter_mail(dispatch_id: int) -> Mail | None:
    """Put the mail of a dispatch into the outbox and return it. Return None when it has one or the letter is unsigned.

    The caller starts the sending. The signed file is read when the mail is sent, and only sent when it is unchanged.
    """
    asked = (
        Dispatch.objects.filter(pk=dispatch_id).select_related("letter__submission").defer("letter__content").first()
    )
    if asked is None:
        return None
    locked(asked.letter.submission)  # so that the letter is not revoked or to be replaced before its mail is there
    waiting = Dispatch.objects.unmailed().filter(pk=dispatch_id).select_related("letter")
    dispatch = waiting.select_for_update(of=("self",)).first()
    if dispatch is None:
        return None
    letter = dispatch.letter
    given = given_file(letter)
    office, link = Office.objects.current(), offered_link(letter)
    facts = {
        "letter": letter,
        "given": given,
        "words": letter.content,
        "office": office,
        "link": link,
        "download_url": download_url(link, office),
        "rating": offered_rating(letter.submission, office),
    }
    dispatch.mail = put_mail(
        key=f"letter:{dispatch.pk}",
        to=dispatch.to,
        subject=_subject(letter),
        body=render_to_string("recommendations/letter/mail_letter.txt", facts),
        file=given.path,
        sha256=given.sha256,
        file_name=file_name(letter),
        starts=False,
    )
    dispatch.save(update_fields=["mail"])
    return dispatch.mail


def _subject(letter: Letter) -> str:
    """Return the subject of the mail. A wrong letter and its replacement have the same identity number."""
    replacing = ", pengganti" if letter.content.get("replaces") else ""
    return f"Surat Rekomendasi Kegiatan Statistik {letter.number}{replacing}"


def note_results() -> int:
    """Note on its submission every result of a mail with a letter that is not noted yet. Return the count.

    When there is none, this is one query. Raise RowsFailed at the end.
    """
    return sum(each_alone(Dispatch.objects.unnoted().select_related("letter__submission"), note_result))


@transaction.atomic
def note_result(dispatch: Dispatch) -> bool:
    """Note the result of a dispatch's mail: a sent one moves the submission. Return False when nothing is to note."""
    submission = locked(dispatch.letter.submission)
    found = Dispatch.objects.unnoted().filter(pk=dispatch.pk).select_related("mail__decided_by").first()
    if found is None or found.mail is None:
        return False
    if found.arrived_at:
        note_arrival(submission, found, at=found.arrived_at, by=found.mail.decided_by)
    else:
        words = f"{found}: {found.mail.get_status_display().lower()}. {found.mail.error}"
        note_event(submission, Move.FAIL, by=None, note=words)
    found.noted = found.mail.status
    found.save(update_fields=["noted"])
    return True


def note_arrival(
    submission: Submission, dispatch: Dispatch, *, at: datetime, by: User | None, answer: str = ""
) -> None:
    """Move a locked submission whose signed letter arrived, and mark its recorded rounds as told.

    It was sent by mail, handed over, or a WhatsApp message was answered with the words `answer`.

    When the submission was closed meanwhile, its status is not changed; only an event is written. A mail from before
    the letter was signed keeps no promise: it is an event too.
    """
    is_the_letter = _is_the_letter(dispatch, at)
    moves_on = is_the_letter and not dispatch.letter.is_ended and Move.DELIVER in submission.possible_moves
    record = move if moves_on else note_event
    words = f"{dispatch}: {answer}" if answer else str(dispatch)
    record(submission, Move.DELIVER, by=by, note=words, at=timezone.now())
    if is_the_letter:
        note_delivered(submission, timezone.localdate(at))
        submission.rounds.recorded().filter(told_at=None, stopped_at=None).update(told_at=at)


def note_fetched(submission: Submission, letter: Letter, *, at: datetime) -> None:
    """Note on a locked submission that the applicant fetched the signed letter by its link for the first time.

    This is a proof that the letter arrived: the submission moves on, and its recorded rounds are marked as told. A
    submission that was closed meanwhile gets an event only.
    """
    record = move if Move.DELIVER in submission.possible_moves else note_event
    record(submission, Move.DELIVER, by=None, note=f"Pemohon mengunduh surat {letter.number} lewat tautan", at=at)
    note_delivered(submission, timezone.localdate(at))
    submission.rounds.recorded().filter(told_at=None, stopped_at=None).update(told_at=at)


def _is_the_letter(dispatch: Dispatch, at: datetime) -> bool:
    """Return whether the receiver got the letter in force: the signed one, or an old one that never had a copy.

    A letter that was replaced or revoked before it arrived at `at` does not count.
    """
    ended_at = dispatch.letter.ended_at
    if ended_at and ended_at < at:
        return False
    return dispatch.signed_id is not None or dispatch.letter.was_sent_unsigned


def note_failed_arrival(submission: Submission, bounced: Dispatch, *, by: User, reason: str) -> None:
    """Note on the submission that the mail of this dispatch came back. The caller has locked the submission.

    A letter may have arrived in another way: by another dispatch, or by its link. The rounds that ended with this mail
    then get the time of the first such arrival, else None. When this letter arrived in no other way and has not ended,
    and the workflow allows it, the status moves back, so that the letter can be sent again. Otherwise this only writes
    an event.
    """
    arrivals = _other_arrivals(submission, bounced)
    arrived_at = min((at for at, _ in arrivals), default=None)
    sent_at = bounced.mail.sent_at if bounced.mail else None
    if sent_at:
        stopped_at = None if arrived_at else _stopped_at(submission)
        submission.rounds.filter(told_at=sent_at).update(told_at=arrived_at, stopped_at=stopped_at)
    step = Move.BOUNCE if bounced.letter.copies.accepted().exists() else Move.UNSEND
    is_lost = not (bounced.letter.is_ended or any(letter == bounced.letter_id for _, letter in arrivals))
    returns = is_lost and step in submission.possible_moves
    record = move if returns else note_event
    record(submission, step, by=by, note=f"{bounced}: {reason}")


def _other_arrivals(submission: Submission, bounced: Dispatch) -> list[tuple[datetime, int]]:
    """Return when letters of the submission arrived in another way than this mail, each with the letter's key."""
    others = Dispatch.objects.filter(letter__submission=submission).exclude(pk=bounced.pk).select_related("mail")
    fetched = DownloadLink.objects.filter(letter__submission=submission, first_fetched_at__isnull=False)
    by_link = [(link.first_fetched_at, link.letter_id) for link in fetched if link.first_fetched_at]
    return [*by_link, *((other.arrived_at, other.letter_id) for other in others if other.arrived_at)]


def _stopped_at(submission: Submission) -> datetime | None:
    """Return when the letter was revoked, because that stops a promise that is open again. None while it runs."""
    letter = submission.letter
    return letter.ended_at if letter and submission.status == Status.REVOKED else None
