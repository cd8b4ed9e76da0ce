from recommendations.models.activities import ActivityIndex, ActivityPosting, ActivityWord, ArchivedActivity
from recommendations.models.applicants import Agency, Applicant
from recommendations.models.duplicates import DuplicateCheck
from recommendations.models.letters import Dispatch, Letter
from recommendations.models.rounds import Attachment, Remark, Round
from recommendations.models.submissions import Submission, SubmissionEvent

__all__ = [
    "ActivityIndex",
    "ActivityPosting",
    "ActivityWord",
    "Agency",
    "Applicant",
    "ArchivedActivity",
    "Attachment",
    "Dispatch",
    "DuplicateCheck",
    "Letter",
    "Remark",
    "Round",
    "Submission",
    "SubmissionEvent",
]
