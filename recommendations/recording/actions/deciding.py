"""Save the decisions of an officer who records a form although rules find errors in it."""

from collections.abc import Mapping
from types import MappingProxyType

from office.models import User
from office.refusals import Refused
from office.texts import tidy_paragraphs
from recommendations.instruments.findings import Finding
from recommendations.models import FindingDecision, Round
from recommendations.rulebook import rulebook_of

NO_REASONS: Mapping[Finding, str] = MappingProxyType({})


class FindingsUndecided(Refused):
    """Raised when a finding with an error has no reason; `findings` are those without one."""

    def __init__(self, found: list[Finding]):
        self.findings = found
        super().__init__(f"Masih {len(found)} temuan salah tanpa putusan. Perbaiki, atau tulis mengapa tetap direkam.")


def what_is_wrong(current: Round) -> list[Finding]:
    """Return the errors that rules find. `what_is_missing` returns missing and unreadable answers instead."""
    found = rulebook_of(current).findings(current.submission.instrument, current.answers)
    return [finding for finding in found if finding.is_error]


def decide(current: Round, reasons: Mapping[Finding, str], *, by: User) -> int:
    """Save a decision on every finding with an error, and return their count.

    Call inside the transaction of `record_complete`. Raise FindingsUndecided when a reason is missing or empty.
    """
    wrong = what_is_wrong(current)
    undecided = [finding for finding in wrong if not tidy_paragraphs(reasons.get(finding, ""))]
    if undecided:
        raise FindingsUndecided(undecided)
    FindingDecision.objects.bulk_create(
        FindingDecision(
            round=current,
            rule=finding.rule,
            item=finding.item,
            message=finding.message,
            reason=tidy_paragraphs(reasons[finding]),
            by=by,
        )
        for finding in wrong
    )
    return len(wrong)
