"""The rules as this office uses them, with the facts they ask for."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from office.models import Office
from recommendations.instruments.conditions import Answers
from recommendations.instruments.findings import Finding
from recommendations.instruments.rules import Facts, check, without_lacks
from recommendations.instruments.structure import Instrument
from recommendations.models import Round, RuleSwitch


@dataclass(frozen=True)
class Rulebook:
    """Which rules are used, on which day, in which office; it asks the database nothing any more."""

    facts: Facts
    switched_off: frozenset[str]

    def findings(self, instrument: Instrument, answers: Answers) -> list[Finding]:
        """What breaks a rule, in form order; what is missing is told by `what_is_missing`."""
        return without_lacks(check(instrument, answers, self.facts, switched_off=self.switched_off))


def rulebook_on(day: date, office: Office | None = None) -> Rulebook:
    """For a form submitted that day; who has the office's profile at hand saves a query."""
    facts = Facts(submitted_on=day, office_region=(office or Office.objects.current()).city)
    return Rulebook(facts, RuleSwitch.objects.switched_off())


def rulebook_of(current: Round, office: Office | None = None) -> Rulebook:
    """For a round: of the day on which it was recorded complete, today while it is being recorded."""
    day = timezone.localdate(current.recorded_at) if current.recorded_at else timezone.localdate()
    return rulebook_on(day, office)
