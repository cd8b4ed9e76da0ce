from recommendations.models.applicants import Agency, Applicant
from recommendations.models.letters import Dispatch, Letter
from recommendations.models.rounds import Attachment, Recorder, Remark, Round, Unlock
from recommendations.models.submissions import Submission, SubmissionEvent

__all__ = [
    "Agency",
    "Applicant",
    "Attachment",
    "Dispatch",
    "Letter",
    "Recorder",
    "Remark",
    "Round",
    "Submission",
    "SubmissionEvent",
    "Unlock",
]
