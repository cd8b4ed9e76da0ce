"""What a rule is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from recommendations.instruments.findings import ERROR, WARNING, Finding
from recommendations.instruments.rules.reading import Reading

__all__ = ["ERROR", "ITSELF", "WARNING", "Check", "Facts", "Hit", "Rule", "when"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules know besides the answers: the day of the submission, and the kabupaten/kota of this office."""

    submitted_on: date
    office_region: str


ITSELF = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Once that a rule is broken: details for the message, and the item when it is not the rule's own."""

    details: str = ""
    item: str = ""


Check = Callable[[Reading, Facts], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of an examiner. `source`: where it is written down; `doubt`: why an office may switch it off;
    `lacks`: what it tells to be empty, as "required" does: columns of its table, or ITSELF."""

    id: str
    level: str
    item: str
    message: str
    source: str
    check: Check
    lacks: tuple[str, ...] = ()
    doubt: str = ""

    def findings(self, form: Reading, facts: Facts) -> list[Finding]:
        """One for each hit, in words."""
        return [
            Finding(self.id, hit.item or self.item, self.level, f"{self.message} {hit.details}".strip())
            for hit in self.check(form, facts)
        ]


def when(holds: Callable[[Reading], bool]) -> Check:
    """A check that is hit at most once, without details."""

    def check(form: Reading, facts: Facts) -> Iterable[Hit]:
        return [Hit()] if holds(form) else []

    return check
