"""The visitors' ratings (answers of an instrument and a remark) and quick ratings (one face)."""

from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import MD5, Cast, Coalesce, Concat
from django.utils import timezone

from guestbook.models import Visit
from office.models import TOLD_FROM, Service, User
from ratings.follow_up_models import FollowUp, FollowUpEvent, FollowUpFile
from ratings.ikm import Tally
from ratings.instruments import INSTRUMENTS, SKM_9, RatingInstrument
from ratings.paper_models import PaperBatch, PaperBatchEvent
from ratings.report_models import FrozenReport, ReportDownload
from recommendations.models import RatingLink, Submission

__all__ = [
    "FollowUp",
    "FollowUpEvent",
    "FollowUpFile",
    "FrozenReport",
    "PaperBatch",
    "PaperBatchEvent",
    "QuickRating",
    "Rated",
    "Rating",
    "ReportDownload",
]

Rated = Visit | RatingLink
"""What is rated: a visit, or how a recommendation was given. Each has its own token, its own end and its own rating."""


def fits_an_instrument() -> Q:
    """Return the condition that a known instrument accepts the answers: each aspect answered, on the scale."""
    return reduce(or_, map(_fits, INSTRUMENTS.values()))


def _fits(instrument: RatingInstrument) -> Q:
    values = list(instrument.values)
    on_scale = {f"answers__{key}__in": values for key in instrument.keys}
    return Q(instrument=instrument.code, answers__has_keys=list(instrument.keys), **on_scale)


def owner_of(rated: Rated) -> dict[str, Visit | Submission]:
    """Return the field of a rating that says what it is about: the visit or the submission."""
    return {"visit": rated} if isinstance(rated, Visit) else {"submission": rated.submission}


def is_of_one(name: str, *owners: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of these fields is filled: what a rating is about."""
    each = [Q(**{f"{one}__isnull": False} | {other: None for other in owners if other != one}) for one in owners]
    return models.CheckConstraint(name=name, condition=reduce(or_, each))


def without_time() -> MD5:
    """Return an order of rows that does not follow time and stays the same: by a hash of the key."""
    return MD5(Concat(models.Value("order-"), Cast("pk", models.TextField())))


def rated_day() -> Coalesce:
    """Return the day to which a rating belongs: of the visit, of the delivery of the letter, or of the paper."""
    return Coalesce("visit__day", "submission__rating_link__delivered_on", "paper_batch__day")


def rated_service() -> Coalesce:
    """Return the name of the service of the visit or paper; of a letter, of the service which takes submissions."""
    recommendation = Service.objects.filter(takes_submissions=True).order_by("position", "prefix").values("name")[:1]
    named = ("visit__service__name", "paper_batch__service__name")
    return Coalesce(*named, models.Subquery(recommendation), models.Value("Surat rekomendasi"))


class RatingQuerySet(models.QuerySet["Rating"]):
    def of_skm(self) -> "RatingQuerySet":
        """Return the ratings given with the SKM. Every figure, report and list begins with it: an index has one scale.

        A test holds that each query of ratings outside this file begins so.
        """
        return self.filter(instrument=SKM_9.code)

    def of_days(self, first: date, last: date) -> "RatingQuerySet":
        """Return the ratings of these local days: of visits, of letters delivered, and of papers filled on them."""
        days = (first, last)
        of_letters, on_paper = Q(submission__rating_link__delivered_on__range=days), Q(paper_batch__day__range=days)
        return self.filter(Q(visit__day__range=days) | of_letters | on_paper)

    def by_source(self) -> dict[str, int]:
        """Return how many ratings were given on which device, by its name on the screen, the most frequent first."""
        found = self.order_by().values_list("source").annotate(n=Count("pk")).order_by("-n", "source")
        return {str(Rating.Source(source).label): n for source, n in found}

    def remarks(self) -> "RatingQuerySet":
        """Return the ratings with a remark, in no order of time.

        Only `skm_readings` decides which of them a reader sees, and under which span.
        """
        return self.exclude(remark="").order_by(without_time())

    def totals_of(self, officer: User) -> Tally:
        """Return the tally of the officer's own visits, without the last ones up to a multiple of TOLD_FROM.

        With fewer ratings than TOLD_FROM, nothing is counted. Two queries.
        """
        return self.filter(officer=officer, submission=None).in_steps().tally()

    def in_steps(self, *, waiting: int = 0) -> "RatingQuerySet":
        """Return the ratings with the SKM that a figure may count while more can come.

        Of visits and letters these are the first ones, as many as a multiple of TOLD_FROM; at least `waiting` are left
        out. Of paper these are the batches of TOLD_FROM or more, each as a whole: one that is taken back moves no
        rating of a visitor. So any two figures differ by TOLD_FROM ratings or not at all. One query of its own.
        """
        given = self.of_skm()
        own = given.filter(paper_batch=None).order_by("pk")
        told = max(0, own.count() - waiting) // TOLD_FROM * TOLD_FROM
        papers = given.filter(paper_batch__rows__gte=TOLD_FROM).order_by()
        return Rating.objects.filter(Q(pk__in=own.values("pk")[:told]) | Q(pk__in=papers.values("pk")))

    def tally(self) -> Tally:
        """Return how many rated with the SKM, and the sum of each aspect. One query for any number of ratings."""
        sums = {key: Sum(Cast(KT(f"answers__{key}"), models.IntegerField())) for key in SKM_9.keys}
        found = self.of_skm().order_by().aggregate(n=Count("pk"), **sums)
        return Tally(found["n"], {key: found[key] or 0 for key in SKM_9.keys})


class Rating(models.Model):
    """The answers about one visit or one recommendation, or of one paper whose visit is not known, keyed by aspect.

    Aspects have names, because sources swap the numbers 8 and 9.
    """

    class Source(models.TextChoices):
        UNKNOWN = "", "tidak dicatat"
        TABLET = "tablet", "tablet di loket"
        TELEPHONE = "telephone", "perangkat lain"
        PAPER = "paper", "kuesioner kertas"

    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, null=True, related_name="rating", verbose_name="kunjungan"
    )
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, related_name="rating", verbose_name="permohonan"
    )
    paper_batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name="impor"
    )
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="petugas")
    rated_at = models.DateTimeField("dinilai", default=timezone.now)
    instrument = models.CharField("instrumen", max_length=20)
    edition = models.CharField("edisi", max_length=60)
    answers = models.JSONField("jawaban")
    source = models.CharField("diisi lewat", max_length=10, choices=Source.choices, blank=True)
    seconds = models.PositiveIntegerField("lama mengisi (detik)", null=True, blank=True)
    remark = models.TextField("saran", blank=True, max_length=2000)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "penilaian"
        verbose_name_plural = "penilaian"
        ordering = ["-rated_at"]
        default_permissions = ["view"]
        permissions = [("view_own_totals", "Melihat jumlah penilaian kunjungan yang dilayani sendiri")]
        constraints = [
            models.CheckConstraint(name="rating_answers_fit_instrument", condition=fits_an_instrument()),
            is_of_one("rating_of_visit_submission_or_paper", "visit", "submission", "paper_batch"),
            models.CheckConstraint(
                name="rating_of_a_paper_batch_is_on_paper",
                condition=Q(paper_batch=None) & ~Q(source="paper") | Q(paper_batch__isnull=False, source="paper"),
            ),
        ]

    def __str__(self) -> str:
        return f"Penilaian {self.visit or self.submission or self.paper_batch}"


class QuickRatingQuerySet(models.QuerySet["QuickRating"]):
    def by_face(self) -> dict[str, int]:
        """Return how many touched each face, the worst first, and last how many chose not to rate. Three queries.

        The last ones up to a multiple of TOLD_FROM are left out, of the faces and of those who chose not to rate: one
        touch more would tell what a visitor touched. By `rated_at`, a visitor who chose a face later is the last.
        """
        touched = self.exclude(face=None)
        told = touched.count() // TOLD_FROM * TOLD_FROM
        first = QuickRating.objects.filter(pk__in=touched.order_by("rated_at", "pk").values("pk")[:told])
        found = dict(first.order_by().values_list("face").annotate(n=Count("pk")))
        faces = {str(face.label): found.get(face.value, 0) for face in QuickRating.Face}
        return faces | {"Tidak menilai": self.filter(face=None).count() // TOLD_FROM * TOLD_FROM}


class QuickRating(models.Model):
    """One touch of a face about one visit or one recommendation. It is not part of the SKM: no index counts it.

    `face` is empty when the visitor chose not to rate. That is a full answer: the tablet does not ask again.
    """

    class Face(models.IntegerChoices):
        VERY_BAD = 1, "Sangat tidak puas"
        BAD = 2, "Tidak puas"
        GOOD = 3, "Puas"
        VERY_GOOD = 4, "Sangat puas"

    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, null=True, related_name="quick_rating", verbose_name="kunjungan"
    )
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, related_name="quick_rating", verbose_name="permohonan"
    )
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="petugas")
    rated_at = models.DateTimeField("dinilai", default=timezone.now)
    face = models.PositiveSmallIntegerField("wajah", choices=Face.choices, null=True, blank=True)
    source = models.CharField("diisi lewat", max_length=10, choices=Rating.Source.choices, blank=True)

    objects = QuickRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "penilaian cepat"
        verbose_name_plural = "penilaian cepat"
        ordering = ["-rated_at"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(name="quick_rating_face_1_to_4", condition=Q(face=None) | Q(face__range=(1, 4))),
            is_of_one("quick_rating_of_visit_or_submission", "visit", "submission"),
        ]

    def __str__(self) -> str:
        return f"Penilaian cepat {self.visit or self.submission}"
