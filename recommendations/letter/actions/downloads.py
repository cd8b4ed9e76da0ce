"""Make the download link of a letter longer, and give the letter to the applicant who opens it."""

from django.db import transaction

from office import clock
from office.models import User
from office.refusals import Refused
from recommendations.letter.delivery import note_fetched
from recommendations.letter.downloads import last_day, offered_link
from recommendations.letter.ending import must_be_usable
from recommendations.letter.pdf import NotSignedYet, given_bytes
from recommendations.models import DownloadLink, Letter
from recommendations.moves import locked, note_event
from recommendations.workflow import Move


class DownloadEnded(Refused):
    """Raised when the link has ended, or its letter is not in force any more."""

    def __init__(self) -> None:
        super().__init__("Tautan ini sudah berakhir.")


@transaction.atomic
def renew_download(letter: Letter, *, by: User) -> DownloadLink:
    """Let the letter's link open again from today for the days of the office, and return it. Make it if there is none.

    Raise NotSignedYet, LetterMoveNotAllowed, LetterBeingReplaced, ClockWentBack.
    """
    submission = locked(letter.submission)
    letter = Letter.objects.get(pk=letter.pk)
    must_be_usable(letter, Move.RENEW)
    if letter.awaits_signature:
        raise NotSignedYet
    link = offered_link(letter)
    link.ends_on, link.renewed_at, link.renewed_by = last_day(), clock.now(), by
    link.save(update_fields=["ends_on", "renewed_at", "renewed_by"])
    note_event(submission, Move.RENEW, by=by, note=f"sampai {link.ends_on:%d/%m/%Y}", at=link.renewed_at)
    return link


@transaction.atomic
def fetch_letter(link: DownloadLink) -> bytes:
    """Return the signed letter to the applicant, and count it. The first time is the proof that the letter arrived.

    A file that is lost or changed is not counted. Raise DownloadEnded, FileDamaged, NotSignedYet, ClockWentBack.
    """
    submission = locked(link.letter.submission)
    link = DownloadLink.objects.select_related("letter").get(pk=link.pk)
    if not link.is_open:
        raise DownloadEnded
    content = given_bytes(link.letter)
    now = clock.now()
    link.fetch_count, link.last_fetched_at = link.fetch_count + 1, now
    if link.first_fetched_at is None:
        link.first_fetched_at = now
        note_fetched(submission, link.letter, at=now)
    link.save(update_fields=["fetch_count", "first_fetched_at", "last_fetched_at"])
    return content


def look_into(link: DownloadLink) -> bytes:
    """Return the signed letter to a colleague who tries the link: nothing is counted.

    Raise DownloadEnded, FileDamaged, NotSignedYet.
    """
    if not link.is_open:
        raise DownloadEnded
    return given_bytes(link.letter)
