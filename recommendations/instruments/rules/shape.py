"""The parts of a rule: its facts, its check, its hits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from recommendations.instruments.findings import ERROR, WARNING, Finding
from recommendations.instruments.rules.reading import Reading

__all__ = ["ERROR", "ITSELF", "WARNING", "Facts", "Hit", "Rule", "RuleCheck", "when"]


def none_unprintable(text: str) -> list[str]:
    """Return an empty list, as for a text whose characters can all be printed."""
    return []


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that rules use besides the answers: the day of submission, and the kabupaten/kota of this office."""

    submitted_on: date
    office_region: str
    unprintable: Callable[[str], Sequence[str]] = none_unprintable
    """Returns the characters of a text that the office cannot print on a letter."""


ITSELF = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One breach of a rule: details for the message, and the item when it is not the item of the rule."""

    details: str = ""
    item: str = ""


RuleCheck = Callable[[Reading, Facts], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of an examiner.

    `source` is the origin of the rule, `doubt` the reason why an office may switch it off. `lacks` is set when the rule
    reports missing answers, which completeness reports as "required" too: columns of its table, or ITSELF for its item.
    """

    id: str
    level: str
    item: str
    message: str
    source: str
    check: RuleCheck
    lacks: tuple[str, ...] = ()
    doubt: str = ""

    def findings(self, form: Reading, facts: Facts) -> list[Finding]:
        """Return one finding, with its message, for each hit of the check."""
        return [
            Finding(self.id, hit.item or self.item, self.level, f"{self.message} {hit.details}".strip())
            for hit in self.check(form, facts)
        ]


def when(holds: Callable[[Reading], bool]) -> RuleCheck:
    """Return a check with one hit, without details, when `holds` is true; else without a hit."""

    def check(form: Reading, facts: Facts) -> Iterable[Hit]:
        return [Hit()] if holds(form) else []

    return check
