"""What an officer decides about a form that is recorded in spite of what rules find wrong in it."""

from collections.abc import Mapping
from types import MappingProxyType

from office.models import User
from office.refusals import Refused
from recommendations.instruments.findings import Finding
from recommendations.instruments.texts import tidy_paragraphs
from recommendations.models import FindingDecision, Round
from recommendations.rulebook import rulebook_of

NO_REASONS: Mapping[Finding, str] = MappingProxyType({})


class FindingsUndecided(Refused):
    """Raised when no reason is written for what a rule found wrong; `findings` say what."""

    def __init__(self, found: list[Finding]):
        self.findings = found
        super().__init__(f"Masih {len(found)} temuan salah tanpa putusan. Perbaiki, atau tulis mengapa tetap direkam.")


def what_is_wrong(current: Round) -> list[Finding]:
    """What asks for a decision: what rules call wrong. What lacks or cannot be read is `what_is_missing`."""
    found = rulebook_of(current).findings(current.submission.instrument, current.answers)
    return [finding for finding in found if finding.is_error]


def decide(current: Round, reasons: Mapping[Finding, str], *, by: User) -> int:
    """Keep a decision on every finding that is wrong, in the transaction of `record_complete`; how many there are.

    Raises FindingsUndecided.
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
