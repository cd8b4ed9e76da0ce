from recommendations.models.agencies import Agency, AgencyAlias, AgencyEvent
from recommendations.models.applicants import Applicant, EmailCode
from recommendations.models.letters import Dispatch, Letter
from recommendations.models.rounds import Attachment, Remark, Round
from recommendations.models.submissions import Submission, SubmissionEvent

__all__ = [
    "Agency",
    "AgencyAlias",
    "AgencyEvent",
    "Applicant",
    "Attachment",
    "Dispatch",
    "EmailCode",
    "Letter",
    "Remark",
    "Round",
    "Submission",
    "SubmissionEvent",
]
