"""Find the activities of the archive that are like the one asked for, so that no data are collected twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from office.texts import tidy_line
from recommendations.archive.activity_index import candidates
from recommendations.likeness import WORTH_SHOWING, Activity, activity, likeness, plain_names
from recommendations.models import ActivityIndex, DuplicateCheck, Letter, Round, Submission
from recommendations.workflow import Status

COMPARED = 60
"""The number of candidates whose whole titles are compared."""
HERE, ARCHIVED = "permohonan", "arsip"
FACTS = (
    *("submission", "submission__title", "submission__applicant__agency__name", "submission__status"),
    *("submission__year", "submission__number", "letter_identity"),
    *("archived", "archived__title", "archived__agency_name", "archived__year", "archived__identity_number"),
    "variables",
)
LETTER_IDENTITY = Subquery(
    Letter.objects.filter(submission=OuterRef("submission")).order_by("-pk").values("identity_number")[:1]
)
"""One number for each activity: a letter that replaces another one has the same number."""


@dataclass(frozen=True, slots=True)
class Similar:
    """One activity of the archive, as the screen shows it and as a DuplicateCheck keeps it.

    `key` names it in a form ("permohonan-12", "arsip-3"). `number` is its identity number; without a letter, the
    register number. `submission` is the id of a submission, None for an archived activity. `alike` is the likeness in
    words, `score` from 0 to 1.
    """

    key: str
    title: str
    agency: str
    year: int
    number: str
    state: str
    is_cancelled: bool
    submission: int | None
    alike: str
    score: float
    is_very_alike: bool


def similar_activities(
    title: str, variables: Iterable[str], agency: str, *, exclude: Submission | None = None, limit: int = 5
) -> list[Similar]:
    """Return at most `limit` activities like one of this title, these variables and this agency, the most alike first.

    Cancelled submissions are included and marked, but never "very alike": an activity that does not take place has no
    duplicate. Very similar activities come first, so cancelled ones never push them off the list.
    """
    asked = activity(title, plain_names(variables), agency)
    rows = ActivityIndex.objects.filter(pk__in=candidates(title, most=COMPARED))
    if exclude:
        rows = rows.exclude(submission=exclude)  # `exclude(submission=None)` would leave out the whole archive
    found = [_similar(row, asked) for row in rows.annotate(letter_identity=LETTER_IDENTITY).values(*FACTS)]
    worth = [one for one in found if one.score >= WORTH_SHOWING]
    return sorted(worth, key=lambda one: (-one.is_very_alike, -one.score, -one.year, one.key))[:limit]


def similar_to(current: Round) -> list[Similar]:
    """Return the activities most like the one in `current`, as typed so far."""
    agency = current.agency_name or current.submission.applicant.agency.name
    return similar_activities(current.title, current.variables, agency, exclude=current.submission)


def undecided(found: Iterable[Similar], check: DuplicateCheck | None) -> list[Similar]:
    """Return the very similar activities that no decision of `check` covers yet."""
    compared = check.compared if check else set()
    return [one for one in found if one.is_very_alike and one.key not in compared]


def _similar(row: dict[str, Any], asked: Activity) -> Similar:
    facts = _asked_for_here(row) if row["submission"] else _archived(row)
    alike = likeness(asked, activity(facts["title"], row["variables"].splitlines(), facts["agency"]))
    very = alike.is_very_alike and not facts["is_cancelled"]
    return Similar(**facts, alike=alike.words, score=round(alike.score, 3), is_very_alike=very)


def _asked_for_here(row: dict[str, Any]) -> dict[str, Any]:
    year = row["submission__year"]
    return {
        "key": f"{HERE}-{row['submission']}",
        "title": row["submission__title"],
        "agency": row["submission__applicant__agency__name"],
        "year": year,
        "number": row["letter_identity"] or f"{row['submission__number']:03}/{year}",
        "state": Status(row["submission__status"]).label,
        "is_cancelled": row["submission__status"] == Status.CANCELLED,
        "submission": row["submission"],
    }


def _archived(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": f"{ARCHIVED}-{row['archived']}",
        "title": row["archived__title"],
        "agency": row["archived__agency_name"],
        "year": row["archived__year"],
        "number": row["archived__identity_number"],
        "state": "Arsip",
        "is_cancelled": False,
        "submission": None,
    }


def activity_named(name: str) -> ActivityIndex | None:
    """Return the activity with that key, identity number or register number (`061/2026`); None when there is none."""
    words = tidy_line(name)
    activities = ActivityIndex.objects.select_related("submission", "archived")
    return activities.filter(_named(words)).first() if words else None


def _named(name: str) -> Q:
    kind, _, key = name.partition("-")
    if kind in (HERE, ARCHIVED) and _is_number(key):
        return Q(submission=int(key)) if kind == HERE else Q(archived=int(key))
    number, _, year = name.partition("/")
    if _is_number(number) and _is_number(year):
        return Q(submission__number=int(number), submission__year=int(year))
    return Q(submission__letters__identity_number=name) | Q(archived__identity_number=name)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9
