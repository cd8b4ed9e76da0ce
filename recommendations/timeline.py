"""What happened to a submission, with the visit it came from, in one line of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from recommendations.models import Submission
from recommendations.workflow import Move

BY_APPLICANT = (Move.ANSWER, Move.ATTACH)
"""What nobody of the office did was done by the applicant, not by the system."""


@dataclass(frozen=True)
class Happening:
    """One entry of templates/components/timeline.html."""

    at: datetime
    words: str
    who: str
    note: str


def timeline(submission: Submission) -> list[Happening]:
    """Every event of the submission and of its visit, the newest first."""
    own = _told(submission.events.select_related("by"), "")
    visit = submission.visit
    visits = _told(visit.events.select_related("by"), f"{visit.ticket}: ") if visit else []
    return sorted(chain(visits, own), key=lambda happening: happening.at, reverse=True)


def _told(events: Iterable[Any], prefix: str) -> list[Happening]:
    return [Happening(event.at, f"{prefix}{event.words}", _who(event), event.note) for event in events]


def _who(event: Any) -> str:
    return "pemohon" if event.by_id is None and event.move in BY_APPLICANT else event.who
