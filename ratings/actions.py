"""Rate a visit or a recommendation: with one face, with the nine answers, and with a complaint if there is one."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.actions.receiving import receive
from complaints.models import Complaint
from complaints.reporter import Reporter
from guestbook.actions import mark_rated
from guestbook.models import Visit
from guestbook.workflow import Status
from office.formats import long_date
from office.models import User
from office.refusals import Refused
from ratings.instruments import SKM_9
from ratings.models import QuickRating, Rated, Rating, owner_of
from recommendations.models import RatingLink


class CannotRate(Refused):
    """Raised when the visit or recommendation cannot be rated now."""


class AlreadyRated(CannotRate):
    """Raised when the visit or recommendation is rated already."""

    def __init__(self, rated: Rated):
        named = "Kunjungan" if isinstance(rated, Visit) else "Layanan"
        super().__init__(f"{named} ini sudah dinilai. Terima kasih.")


class NotServedYet(CannotRate):
    """Raised when the service has not ended yet, or the letter has not arrived."""

    def __init__(self, rated: Rated):
        served = "layanan selesai" if isinstance(rated, Visit) else "surat rekomendasi diterima"
        super().__init__(f"Penilaian dibuka setelah {served}.")


class RatingExpired(CannotRate):
    """Raised when the days in which it could be rated are over."""

    def __init__(self, rated: Rated):
        named = f"kunjungan {rated}" if isinstance(rated, Visit) else "surat rekomendasi"
        super().__init__(f"Penilaian {named} sudah ditutup pada {long_date(rated.rate_until)}.")


class AnswersMissing(CannotRate):
    """Raised when the answers are not the nine of the SKM, each 1 to 4."""

    def __init__(self) -> None:
        super().__init__("Jawaban belum lengkap. Jawab kesembilan pertanyaan.")


class NoSuchFace(CannotRate):
    """Raised when the quick rating is none of the four faces."""

    def __init__(self) -> None:
        super().__init__("Sentuh satu wajah, atau pilih Tidak menilai.")


def refusal(rated: Rated) -> CannotRate | None:
    """Return the reason why the visit or recommendation cannot be rated now, or None when it can."""
    if rated.can_be_rated:
        return None
    if rated.rated_at:
        return AlreadyRated(rated)
    return RatingExpired(rated) if _is_served(rated) else NotServedYet(rated)


def _is_served(rated: Rated) -> bool:
    return rated.status == Status.SERVED if isinstance(rated, Visit) else rated.delivered_on is not None


def _officer_of(rated: Rated) -> User | None:
    return rated.officer if isinstance(rated, Visit) else rated.submission.officer


@transaction.atomic
def rate_quickly(rated: Rated, *, face: int | None, source: str = Rating.Source.UNKNOWN) -> QuickRating:
    """Save the face that the visitor touched, 1 to 4, or None when they chose not to rate. Return the stored row.

    The first face stays. Only a visitor who chose not to rate may touch a face later; a face cannot be taken back.
    Raise NoSuchFace, AlreadyRated, NotServedYet or RatingExpired (all CannotRate).
    """
    if face not in (None, *QuickRating.Face.values):
        raise NoSuchFace
    if problem := refusal(rated):
        raise problem
    given = {"face": face, "source": source, "officer": _officer_of(rated)}
    quick, is_new = QuickRating.objects.get_or_create(**owner_of(rated), defaults=given)
    if not is_new:
        QuickRating.objects.filter(pk=quick.pk, face=None).update(face=face, source=source, rated_at=timezone.now())
        quick.refresh_from_db()
    return quick


def rate(
    rated: Rated,
    *,
    answers: dict[str, int],
    remark: str,
    complaint: str,
    source: str = Rating.Source.UNKNOWN,
    seconds: int | None = None,
    form_token: UUID | None = None,
) -> Complaint | None:
    """Save the nine answers, the remark and the complaint, if any. Return the complaint, or None.

    `rated` is a visit, or the link of a recommendation. `answers` is keyed by aspect, each 1 to 4. `source` says on
    what they were given, `seconds` how long it took; None when that is not known. Raise AnswersMissing, AlreadyRated,
    NotServedYet or RatingExpired (all CannotRate), and TokenUsed or ClockWentBack with a complaint.
    """
    if not SKM_9.accepts(answers):
        raise AnswersMissing
    if problem := refusal(rated):
        raise problem
    given = {"instrument": SKM_9.code, "edition": SKM_9.edition, "answers": answers, "remark": remark}
    told = {"officer": _officer_of(rated), "source": source, "seconds": seconds}
    with transaction.atomic():
        try:
            with transaction.atomic():
                Rating.objects.create(**owner_of(rated), **told, **given)
        except IntegrityError as double:
            raise AlreadyRated(rated) from double
        _mark(rated)
        return complain_with_rating(rated, text=complaint, form_token=form_token) if complaint else None


def _mark(rated: Rated) -> None:
    if isinstance(rated, Visit):
        mark_rated(rated)
    else:
        RatingLink.objects.filter(pk=rated.pk).update(rated_at=timezone.now())


def complain_with_rating(rated: Rated, *, text: str, form_token: UUID | None) -> Complaint:
    """Take in a complaint that names neither visit, submission nor visitor, only the officer who served at a visit.

    It is taken in also when another device had rated first: only the rating counts once. One `form_token` makes one
    complaint. Raise TokenUsed, ClockWentBack.
    """
    about = rated.officer if isinstance(rated, Visit) else None
    return receive(
        text=text, channel=Complaint.Channel.RATING, reporter=Reporter(), about=about, form_token=form_token, by=None
    )
