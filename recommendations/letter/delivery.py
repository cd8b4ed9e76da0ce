"""Put the mail of a letter into the outbox, and move the submission when the outbox knows the mail's result."""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from office.models import Mail, Office, User
from office.outbox import put_mail
from recommendations.letter.downloads import offered_link
from recommendations.letter.pdf import file_name, given_file
from recommendations.links import download_url, rating_invitation
from recommendations.models import Dispatch, DownloadLink, Letter, Submission
from recommendations.moves import locked, move, note_event
from recommendations.workflow import Move


@transaction.atomic
def owe_letter_mail(dispatch_id: int) -> Mail | None:
    """Put the mail of a dispatch into the outbox and return it. Return None when it has one or the letter is unsigned.

    The caller starts the sending. The signed file is read when the mail is sent, and only sent when it is unchanged.
    """
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
        "rating": rating_invitation(letter.submission, office),
    }
    dispatch.mail = put_mail(
        key=f"letter:{dispatch.pk}",
        to=dispatch.to,
        subject=f"Surat Rekomendasi Kegiatan Statistik {letter.identity_number}",
        body=render_to_string("recommendations/letter/mail_letter.txt", facts),
        file=given.path,
        sha256=given.sha256,
        file_name=file_name(letter),
        starts=False,
    )
    dispatch.save(update_fields=["mail"])
    return dispatch.mail


def note_results() -> int:
    """Note on its submission every result of a mail with a letter that is not noted yet. Return the count.

    When there is none, this is one query.
    """
    return sum(note_result(dispatch) for dispatch in Dispatch.objects.unnoted().select_related("letter__submission"))


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
    is_the_letter = _is_the_letter(dispatch)
    record = move if is_the_letter and Move.DELIVER in submission.possible_moves else note_event
    record(
        submission, Move.DELIVER, by=by, note=f"{dispatch}: {answer}" if answer else str(dispatch), at=timezone.now()
    )
    if is_the_letter:
        submission.rounds.recorded().filter(told_at=None).update(told_at=at)


def note_fetched(submission: Submission, letter: Letter, *, at: datetime) -> None:
    """Note on a locked submission that the applicant fetched the signed letter by its link for the first time.

    This is a proof that the letter arrived: the submission moves on, and its recorded rounds are told. A submission
    that was closed meanwhile gets an event only.
    """
    record = move if Move.DELIVER in submission.possible_moves else note_event
    record(submission, Move.DELIVER, by=None, note=f"Pemohon mengunduh surat {letter.number} lewat tautan", at=at)
    submission.rounds.recorded().filter(told_at=None).update(told_at=at)


def _is_the_letter(dispatch: Dispatch) -> bool:
    """Return whether the receiver gets the letter in force: the signed one, or an old one that never had a copy."""
    letter = dispatch.letter
    is_old = not (letter.awaits_signature or letter.copies.accepted().exists())
    return dispatch.signed_id is not None or is_old


def note_failed_arrival(submission: Submission, bounced: Dispatch, *, by: User, reason: str) -> None:
    """Write on the submission, which the caller has locked, that this mail came back. Return nothing.

    The rounds that the mail told get the time of the first other arrival: of another dispatch, or when the applicant
    fetched the letter by its link; None when there is none. In that case, if the workflow allows it, the submission's
    status moves back and its letter can be sent again; otherwise only an event is written.
    """
    others = Dispatch.objects.filter(letter=bounced.letter_id).exclude(pk=bounced.pk).select_related("mail")
    fetched = DownloadLink.objects.filter(letter=bounced.letter_id).values_list("first_fetched_at", flat=True)
    arrivals = [*fetched, *(other.arrived_at for other in others)]
    arrived_at = min((moment for moment in arrivals if moment), default=None)
    sent_at = bounced.mail.sent_at if bounced.mail else None
    if sent_at:
        submission.rounds.filter(told_at=sent_at).update(told_at=arrived_at)
    step = Move.BOUNCE if bounced.letter.copies.accepted().exists() else Move.UNSEND
    returns = arrived_at is None and step in submission.possible_moves
    record = move if returns else note_event
    record(submission, step, by=by, note=f"{bounced}: {reason}")
