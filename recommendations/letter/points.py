"""What the Kepala must know before a letter is issued, each point computed from the form and its examination."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from office.formats import short_date
from office.models import Office
from recommendations.instruments.regions import competent_office
from recommendations.letter.annex import region_words
from recommendations.models import DuplicateCheck, Round, SubmissionEvent
from recommendations.rulebook import rulebook_of


@dataclass(frozen=True)
class Point:
    """One line of the Kepala's page. `kind` is "warn" when it speaks against the letter, otherwise "ok"."""

    kind: str
    words: str
    aside: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """Pairs: the words of a finding, and the reason why the form was recorded with it; "" without a reason."""


def points_of(examined: Round, verification: SubmissionEvent, office: Office) -> list[Point]:
    """Return the points of an examined round, which has its submission."""
    prefetch_related_objects([examined], "decisions__by", "duplicate_check__by")
    points = [_verified(examined, verification), _territory(examined, office), _findings(examined, office)]
    return [*points, *_duplicates(examined)]


def _verified(examined: Round, verification: SubmissionEvent) -> Point:
    first = f", dibaca lebih dulu oleh {examined.first_reader}" if examined.first_reader else ""
    return Point("ok", f"Dinyatakan layak oleh {verification.by}{first}", short_date(verification.at))


def _territory(examined: Round, office: Office) -> Point:
    competence = competent_office(examined.answers, office.city)
    if competence.is_ours:
        return Point("ok", f"Wilayah {region_words(examined.answers)}, kewenangan kantor ini")
    if competence.is_ours is None:
        return Point("warn", "Wilayah kegiatan tidak disebut dalam formulir")
    return Point("warn", f"Bukan wilayah kantor ini. {competence.words}")


def _findings(examined: Round, office: Office) -> Point:
    """Return the errors that were recorded with a reason, and those that the rules of today find beside them."""
    decisions = list(examined.decisions.all())
    found = rulebook_of(examined, office).findings(examined.submission.instrument, examined.answers)
    new = [one for one in found if one.is_error and not any(decision.is_on(one) for decision in decisions)]
    details = [(decision.message, f"{decision.reason} ({decision.by})") for decision in decisions]
    details += [(one.message, "") for one in new]
    if not details:
        return Point("ok", "Tidak ada isian yang melanggar aturan")
    words = "pada isian" if new else "tetap direkam, dengan alasan"
    return Point("warn", f"{len(details)} temuan {words}", details=tuple(details))


def _duplicates(examined: Round) -> list[Point]:
    check: DuplicateCheck | None = getattr(examined, "duplicate_check", None)
    if check is None or check.outcome == DuplicateCheck.Conclusion.NONE:
        return [Point("ok", "Tidak ada kegiatan yang sangat serupa")] if check else []
    kind = "warn" if check.is_duplicate else "ok"
    reason = f": {check.reason}" if check.reason else ""
    return [Point(kind, f"{check}, menurut {check.by}{reason}", short_date(check.at))]
