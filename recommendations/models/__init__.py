from recommendations.models.applicants import Agency, Applicant
from recommendations.models.letters import Dispatch, Letter
from recommendations.models.rounds import Attachment, Remark, Round
from recommendations.models.rules import FindingDecision, RuleSwitch
from recommendations.models.submissions import Submission, SubmissionEvent

__all__ = [
    "Agency",
    "Applicant",
    "Attachment",
    "Dispatch",
    "FindingDecision",
    "Letter",
    "Remark",
    "Round",
    "RuleSwitch",
    "Submission",
    "SubmissionEvent",
]
