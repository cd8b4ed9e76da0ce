"""The rules that an examiner checks in a form besides completeness: one pure function for each rule."""

from collections.abc import Collection
from itertools import chain

from recommendations.instruments.completeness import findings, missing_attachments
from recommendations.instruments.conditions import Answers
from recommendations.instruments.findings import Finding
from recommendations.instruments.rules.fpkpa import FPKPA_RULES
from recommendations.instruments.rules.fs3 import FS3_RULES
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import Facts, Rule
from recommendations.instruments.structure import Instrument, in_form_order

__all__ = ["RULES", "Facts", "Rule", "check", "check_all", "every_rule", "without_lacks"]

RULES: dict[str, tuple[Rule, ...]] = {"FS3": FS3_RULES, "FP-KPA": FPKPA_RULES}


def every_rule() -> dict[str, Rule]:
    """Return all rules by id, in the order of the forms. A rule of both forms appears once."""
    return {rule.id: rule for rule in chain(*RULES.values())}


def check(
    instrument: Instrument, answers: Answers, facts: Facts, *, switched_off: Collection[str] = frozenset()
) -> list[Finding]:
    """Return a finding for each breach of a rule, in form order. No answer makes it raise.

    A missing answer is a breach only of the rules made for it; completeness.py reports all missing answers.
    """
    form = Reading(instrument, answers)
    rules = [rule for rule in RULES[instrument.code] if rule.id not in switched_off]
    return in_form_order(instrument, chain(*(rule.findings(form, facts) for rule in rules)))


def without_lacks(found: Collection[Finding]) -> list[Finding]:
    """Return the findings of rules other than those with `lacks`.

    Completeness reports the same missing answers, and a form with one cannot be recorded complete.
    """
    lacks = {rule.id for rule in every_rule().values() if rule.lacks}
    return [finding for finding in found if finding.rule not in lacks]


def check_all(
    instrument: Instrument,
    answers: Answers,
    facts: Facts,
    attachments: Collection[str],
    *,
    switched_off: Collection[str] = frozenset(),
) -> list[Finding]:
    """Return all findings: missing and unreadable answers, breaches of rules, and last the missing attachments.

    The hit of a rule with `lacks` replaces the "required" finding at the same item and column. When the rule is
    switched off, the "required" finding stays.
    """
    broken = check(instrument, answers, facts, switched_off=switched_off)
    rules = every_rule()
    told = {(one.item, lack) for one in broken for lack in rules[one.rule].lacks}
    found = findings(instrument, answers)
    rest = [one for one in found if one.rule != "required" or (one.item, one.column) not in told]
    return in_form_order(instrument, rest + broken) + missing_attachments(instrument, attachments)
