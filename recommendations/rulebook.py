"""The rules that this office uses, with the facts they need."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from office.models import Office
from office.paper_fonts import unprintable_characters
from recommendations.instruments.conditions import Answers
from recommendations.instruments.findings import Finding
from recommendations.instruments.rules import Facts, check, without_lacks
from recommendations.instruments.structure import Instrument
from recommendations.models import Round, RuleSwitch


@dataclass(frozen=True)
class Rulebook:
    """The rules in use on one day in one office. It makes no database queries."""

    facts: Facts
    switched_off: frozenset[str]

    def findings(self, instrument: Instrument, answers: Answers) -> list[Finding]:
        """Return what breaks a rule, in form order. Rules about missing answers are left out: see `what_is_missing`."""
        return without_lacks(check(instrument, answers, self.facts, switched_off=self.switched_off))


def rulebook_on(day: date, office: Office | None = None) -> Rulebook:
    """Return the rulebook for a form submitted on `day`. Passing `office` saves a query."""
    region = (office or Office.objects.current()).city
    facts = Facts(submitted_on=day, office_region=region, unprintable=unprintable_characters)
    return Rulebook(facts, RuleSwitch.objects.switched_off())


def rulebook_of(current: Round, office: Office | None = None) -> Rulebook:
    """Return the rulebook for a round: of the day it was recorded complete, or of today while it is being recorded."""
    day = timezone.localdate(current.recorded_at) if current.recorded_at else timezone.localdate()
    return rulebook_on(day, office)
