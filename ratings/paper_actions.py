"""Take in SKM answers that were given on paper, and take back a batch of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from guestbook.periods import SPANS, Period, period_around
from office import clock
from office.calendar import add_months
from office.formats import long_date, short_date
from office.models import Office, Service, User
from office.refusals import Refused
from ratings.instruments import SKM_9
from ratings.models import FrozenReport, PaperBatch, PaperBatchEvent, Rating

RATED = "guestbook.serve_visit"
"""Officers with this permission are rated by visitors, so they do not enter the answers of visitors."""


class RatedThemselves(Refused):
    """Raised when an officer who serves visitors would enter or take back answers."""

    def __init__(self) -> None:
        super().__init__("Petugas yang melayani pengunjung tidak mengimpor penilaian. Minta admin atau Kepala.")


class AnsweredTomorrow(Refused):
    """Raised when the day of the answers is in the future."""

    def __init__(self, day: date):
        super().__init__(f"Tanggal {short_date(day)} belum tiba. Tulis hari kuesioner diisi.")


class AnsweredLongAgo(Refused):
    """Raised when the day of the answers is more than a year ago: most likely its year was typed wrong."""

    def __init__(self, day: date, first: date):
        super().__init__(
            f"Tanggal {short_date(day)} lebih dari satu tahun yang lalu. Kuesioner kertas diimpor sejak "
            f"{short_date(first)}. Periksa tahunnya."
        )


class InFrozenPeriod(Refused):
    """Raised when the day of the answers belongs to a frozen report."""

    def __init__(self, period: Period):
        super().__init__(f"Laporan SKM {period.words} sudah dibekukan, jadi jawabannya tidak berubah lagi.")


class PaperFileTwice(Refused):
    """Raised when the same answers were imported before and not taken back."""

    def __init__(self, batch: PaperBatch):
        super().__init__(
            f"Jawaban yang sama sudah diimpor pada {long_date(batch.at)} oleh {batch.by}: {batch.rows} responden. "
            "Bila ini kuesioner lain, tambahkan kolom nomor kuesioner."
        )


class NoPaperAnswers(Refused):
    """Raised when the file has no respondent."""

    def __init__(self) -> None:
        super().__init__("Berkas ini tidak berisi jawaban responden.")


class NotAnswersOfTheSkm(Refused):
    """Raised when a respondent has not exactly the nine answers of the SKM."""

    def __init__(self) -> None:
        super().__init__("Jawaban dalam berkas bukan sembilan unsur SKM. Pilih berkasnya lagi.")


class PaperBatchGone(Refused):
    """Raised when a batch was taken back already."""

    def __init__(self) -> None:
        super().__init__("Impor ini sudah ditarik.")


@transaction.atomic
def import_paper_answers(
    answers: Sequence[Mapping[str, int]], *, file_name: str, sha256: str, day: date, service: Service, by: User
) -> PaperBatch:
    """Save a rating for each respondent of a file, in one transaction. Return the batch.

    `answers` are keyed by aspect, `sha256` is the fingerprint of PaperAnswers, `day` the day of the answers. Raise
    what `must_be_importable` raises, NoPaperAnswers, NotAnswersOfTheSkm, ClockWentBack.
    """
    _one_at_a_time()
    must_be_importable(day=day, sha256=sha256, by=by)
    if not answers:
        raise NoPaperAnswers
    if not all(SKM_9.accepts(one) for one in answers):
        raise NotAnswersOfTheSkm
    at = clock.now()
    facts = {"day": day, "service": service, "rows": len(answers), "by": by, "at": at}
    batch = PaperBatch.objects.create(file_name=file_name[-200:], sha256=sha256, **facts)
    given = {"instrument": SKM_9.code, "edition": SKM_9.edition, "source": Rating.Source.PAPER, "rated_at": at}
    Rating.objects.bulk_create(
        (Rating(paper_batch=batch, answers=dict(one), **given) for one in answers), batch_size=500
    )
    note = f"{len(answers)} responden, {short_date(day)}, {service}"
    PaperBatchEvent.objects.create(batch=batch, kind=PaperBatchEvent.Kind.IMPORT, at=at, by=by, note=note)
    return batch


def must_be_importable(*, day: date, sha256: str, by: User) -> None:
    """Raise RatedThemselves, AnsweredTomorrow, AnsweredLongAgo, InFrozenPeriod, PaperFileTwice or ClockWentBack."""
    _must_not_be_rated(by)
    today = clock.today()
    if day > today:
        raise AnsweredTomorrow(day)
    if day < (first := add_months(today, -12)):
        raise AnsweredLongAgo(day, first)
    _must_not_be_frozen(day)
    if same := PaperBatch.objects.select_related("by").filter(sha256=sha256, taken_back_at=None).first():
        raise PaperFileTwice(same)


@transaction.atomic
def take_back_paper_batch(batch: PaperBatch, *, reason: str, by: User) -> PaperBatch:
    """Remove the ratings of a batch whose period is not frozen. The row of the batch stays. Return it.

    Raise RatedThemselves, PaperBatchGone, InFrozenPeriod, ClockWentBack.
    """
    _one_at_a_time()
    _must_not_be_rated(by)
    batch = PaperBatch.objects.get(pk=batch.pk)
    if batch.taken_back_at:
        raise PaperBatchGone
    _must_not_be_frozen(batch.day)
    batch.taken_back_at = clock.now()
    batch.save(update_fields=["taken_back_at"])
    batch.ratings.all().delete()
    kind, at = PaperBatchEvent.Kind.TAKE_BACK, batch.taken_back_at
    PaperBatchEvent.objects.create(batch=batch, kind=kind, at=at, by=by, note=reason[:500])
    return batch


def _one_at_a_time() -> None:
    """Wait for another import, and for a report that is being frozen."""
    Office.objects.locked()


def _must_not_be_rated(by: User) -> None:
    """A superuser has every permission without serving visitors: only a permission that was given counts."""
    if User.objects.with_perm(RATED, include_superusers=False).filter(pk=by.pk).exists():
        raise RatedThemselves


def _must_not_be_frozen(day: date) -> None:
    if frozen := frozen_period(day):
        raise InFrozenPeriod(frozen)


def frozen_period(day: date) -> Period | None:
    """Return a period that contains the day and whose report is frozen; None when there is none."""
    periods = {one.code: one for one in (period_around(day, months) for _, months in SPANS)}
    frozen = FrozenReport.objects.filter(period__in=periods).first()
    return periods[frozen.period] if frozen else None
