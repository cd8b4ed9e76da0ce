"""Rate a visit: with one face, with the nine answers, and with a complaint if the visitor has one."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from guestbook.actions import mark_rated
from guestbook.models import Visit
from guestbook.workflow import Status
from office.formats import long_date
from office.refusals import Refused
from ratings.instruments import SKM_9
from ratings.models import Complaint, QuickRating, Rating


class CannotRate(Refused):
    """Raised when the visit cannot be rated now."""


class AlreadyRated(CannotRate):
    """Raised when the visit is rated already."""

    def __init__(self) -> None:
        super().__init__("Kunjungan ini sudah dinilai. Terima kasih.")


class NotServedYet(CannotRate):
    """Raised when the service has not ended yet."""

    def __init__(self) -> None:
        super().__init__("Penilaian dibuka setelah layanan selesai.")


class RatingExpired(CannotRate):
    """Raised when the days in which the visit could be rated are over."""

    def __init__(self, visit: Visit):
        super().__init__(f"Penilaian kunjungan {visit} sudah ditutup pada {long_date(visit.rate_until)}.")


class AnswersMissing(CannotRate):
    """Raised when the answers are not the nine of the SKM, each 1 to 4."""

    def __init__(self) -> None:
        super().__init__("Jawaban belum lengkap. Jawab kesembilan pertanyaan.")


class NoSuchFace(CannotRate):
    """Raised when the quick rating is none of the four faces."""

    def __init__(self) -> None:
        super().__init__("Sentuh satu wajah, atau pilih Tidak menilai.")


def refusal(visit: Visit) -> CannotRate | None:
    """Return the reason why `visit` cannot be rated now, or None when it can."""
    if visit.can_be_rated:
        return None
    if visit.rated_at:
        return AlreadyRated()
    return RatingExpired(visit) if visit.status == Status.SERVED else NotServedYet()


@transaction.atomic
def rate_quickly(visit: Visit, *, face: int | None, source: str = Rating.Source.UNKNOWN) -> QuickRating:
    """Save the face that the visitor touched, 1 to 4, or None when they chose not to rate. Return the stored row.

    The first face stays. Only who chose not to rate may touch a face later, and nobody can take a face back. Raise
    NoSuchFace, AlreadyRated, NotServedYet or RatingExpired (all CannotRate).
    """
    if face not in (None, *QuickRating.Face.values):
        raise NoSuchFace
    if problem := refusal(visit):
        raise problem
    given = {"face": face, "source": source, "officer": visit.officer}
    quick, is_new = QuickRating.objects.get_or_create(visit=visit, defaults=given)
    if not is_new:
        QuickRating.objects.filter(pk=quick.pk, face=None).update(face=face, source=source, rated_at=timezone.now())
        quick.refresh_from_db()
    return quick


def rate(
    visit: Visit,
    *,
    answers: dict[str, int],
    remark: str,
    complaint: str,
    source: str = Rating.Source.UNKNOWN,
    seconds: int | None = None,
) -> Complaint | None:
    """Save the nine answers of `visit`, the remark and the complaint, if any. Return the complaint, or None.

    `answers` is keyed by aspect, each 1 to 4. `source` says on what they were given, `seconds` how long it took; None
    when that is not known. Raise AnswersMissing, AlreadyRated, NotServedYet or RatingExpired (all CannotRate).
    """
    if not SKM_9.accepts(answers):
        raise AnswersMissing
    if problem := refusal(visit):
        raise problem
    given = {"instrument": SKM_9.code, "edition": SKM_9.edition, "answers": answers, "remark": remark}
    try:
        with transaction.atomic():
            Rating.objects.create(visit=visit, officer=visit.officer, source=source, seconds=seconds, **given)
            mark_rated(visit)
            return Complaint.objects.create(visit=visit, text=complaint) if complaint else None
    except IntegrityError as double:
        raise AlreadyRated from double
