"""Read which agencies owe their results and metadata now, from the release date in their form (FS3 7.6, FP-KPA 7.6)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, OuterRef, Subquery, TextField, When
from django.db.models.fields.json import KT

from office.dates import iso_date
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Letter, ResultNote, Round, Submission
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.workflow import LetterStatus


@dataclass(frozen=True)
class Awaited:
    """One activity whose results are awaited. `planned_on` is None when the form has no date that can be read."""

    submission: Submission
    planned_on: date | None
    typed: str
    asked_on: date | None


def awaited(found: SubmissionQuerySet, *, today: date) -> list[Awaited]:
    """Return the activities of `found` whose planned release is over or not known, the earliest date first.

    Only those with a letter in force, until their results are received. An unknown date is never dropped: it is last.
    """
    rows = [_of(submission) for submission in _obliged(found)]
    due = [row for row in rows if row.planned_on is None or row.planned_on < today]
    return sorted(due, key=lambda row: (row.planned_on or date.max, row.submission.pk))


def planned_release(submission: Submission) -> Awaited:
    """Return the release date of one submission in any state, and when its results were last asked for."""
    return _of(_with_facts(Submission.objects.filter(pk=submission.pk)).get())


def count_late(rows: list[Awaited]) -> int:
    """Return how many of these have a planned release that is known, so over."""
    return sum(row.planned_on is not None for row in rows)


def _obliged(found: SubmissionQuerySet) -> SubmissionQuerySet:
    in_force = Letter.objects.filter(submission=OuterRef("pk"), status=LetterStatus.VALID)
    received = ResultNote.objects.filter(submission=OuterRef("pk"), kind=ResultNote.Kind.RECEIVED)
    return _with_facts(found.filter(Exists(in_force), ~Exists(received)))


def _with_facts(found: SubmissionQuerySet) -> SubmissionQuerySet:
    last = Round.objects.recorded().filter(submission=OuterRef("pk")).order_by("-number")
    typed = [
        When(instrument_code=code, then=Subquery(last.values(typed=KT(f"answers__{one.release_item}"))[:1]))
        for code, one in INSTRUMENTS.items()
    ]
    asked = ResultNote.objects.filter(submission=OuterRef("pk"), kind=ResultNote.Kind.ASKED).order_by("-happened_on")
    return found.with_people().annotate(
        typed_release=Case(*typed, output_field=TextField()),
        asked_on=Subquery(asked.values("happened_on")[:1]),
    )


def _of(submission: Submission) -> Awaited:
    typed = str(getattr(submission, "typed_release", None) or "")
    return Awaited(submission, iso_date(typed), typed[:60], getattr(submission, "asked_on", None))
