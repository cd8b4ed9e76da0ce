"""List the events of a submission and of its visit in one timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from guestbook.models import VisitEvent
from recommendations.models import DueChange, Submission, SubmissionEvent


@dataclass(frozen=True)
class Happening:
    """One entry of templates/components/timeline.html."""

    at: datetime
    words: str
    who: str
    note: str


def timeline(submission: Submission) -> list[Happening]:
    """Return the events of the submission and its visit without the rating, and the moved due dates, newest first."""
    own = _told(submission.events.select_related("by"), "")
    moved = _told(DueChange.objects.filter(round__submission=submission).select_related("by"), "")
    visit = submission.visit
    visits = _told(visit.events.for_staff(), f"{visit.ticket}: ") if visit else []
    return sorted(chain(visits, own, moved), key=lambda happening: happening.at, reverse=True)


def _told(events: Iterable[VisitEvent | SubmissionEvent | DueChange], prefix: str) -> list[Happening]:
    return [Happening(event.at, f"{prefix}{event.words}", event.who, event.note) for event in events]
