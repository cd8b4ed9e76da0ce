"""The facts of a visit that an officer may correct, each as one text, so that page and action compare the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from guestbook.models import Visit, VisitCorrection, VisitEvent
from guestbook.skd import CLASSES
from office.models import Service
from office.phones import shown_phone
from office.refusals import Refused
from office.seals import TOO_OLD, Shown

FIELDS = VisitCorrection.Field
OF_VISITOR = [one.value for one in FIELDS if one not in VisitCorrection.OF_VISIT]
LABELS: dict[str, dict[str, str]] = {
    **{name: dict(classes.choices) for name, (_, classes) in CLASSES.items()},
    FIELDS.PRIORITY: dict(Visit.Priority.choices),
}
"""The labels of each choice by its code."""


@dataclass(frozen=True)
class ShownVisit(Shown):
    """The facts that a page showed, as `visit_facts` returns them."""

    facts: dict[str, str] = field(default_factory=dict)


class NotCorrectable(Refused):
    """Raised when a fact of the visit cannot be corrected in its status, or not to that value."""


def visit_facts(visit: Visit) -> dict[str, str]:
    """Return the facts by field: a text, the code of a choice, or the key of the service."""
    return {name: getattr(visit.visitor, name) for name in OF_VISITOR} | _own_facts(visit)


def changes_visit(visit: Visit, changes: Mapping[str, str]) -> bool:
    """Return whether a fact of the visit itself would change, not only facts of its visitor."""
    return any(changes.get(name, value) != value for name, value in _own_facts(visit).items())


def _own_facts(visit: Visit) -> dict[str, str]:
    return {FIELDS.SERVICE.value: str(visit.service_id), FIELDS.PRIORITY.value: visit.priority}


def fact_words(field: str, value: str) -> str:
    """Return the text that a correction stores: the name of the service, the label of a choice, else the value."""
    if field == FIELDS.SERVICE:
        return Service.objects.get(pk=value).name
    return LABELS[field].get(value, "") if field in LABELS else value


def differences(shown: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return a sentence for each fact that is not as it was shown. When nothing was shown, the page was too old."""
    changed = [name for name, value in now.items() if shown.get(name) != value]
    return [f"{FIELDS(name).label} kini {_said(name, now[name])}." for name in changed] if shown else [TOO_OLD]


def _said(field: str, value: str) -> str:
    words = fact_words(field, value)
    return f"“{shown_phone(words) if field == FIELDS.PHONE else words}”" if words else "kosong"


def must_be_correctable(visit: Visit, changed: Mapping[str, str]) -> None:
    """Raise NotCorrectable when one of the changes is not possible.

    Service and priority decide who is called next, so they are corrected only after the visit. A visit from which an
    application was opened keeps a service that takes applications.
    """
    if changed.keys() & set(VisitCorrection.OF_VISIT) and not visit.is_over:
        raise NotCorrectable("Kunjungan ini belum selesai. Gantilah layanannya dengan Alihkan di loket.")
    if FIELDS.SERVICE in changed:
        service = Service.objects.filter(pk=changed[FIELDS.SERVICE]).first()
        if service is None:
            raise NotCorrectable("Layanan itu tidak ada lagi. Pilih layanan lain.")
        if not service.takes_submissions and visit.submissions.exists():
            raise NotCorrectable(f"Dari kunjungan ini sudah dibuka permohonan, dan {service} tidak menerimanya.")


def history_of(visit: Visit) -> list[VisitEvent | VisitCorrection]:
    """Return the events of the visit without its rating and the corrections that it shows, newest first."""
    corrections = VisitCorrection.objects.about(visit).select_related("by")
    return sorted(chain(corrections, visit.events.for_staff()), key=lambda one: one.at, reverse=True)
