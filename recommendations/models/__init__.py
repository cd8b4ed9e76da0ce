from recommendations.models.applicants import Agency, Applicant
from recommendations.models.dues import AlertDay, DueChange
from recommendations.models.letters import Dispatch, Letter
from recommendations.models.rounds import Attachment, Recorder, Remark, Round, Unlock
from recommendations.models.rules import FindingDecision, RuleSwitch
from recommendations.models.submissions import Submission, SubmissionEvent
from recommendations.models.upload_links import UploadLink

__all__ = [
    "Agency",
    "AlertDay",
    "Applicant",
    "Attachment",
    "Dispatch",
    "DueChange",
    "FindingDecision",
    "Letter",
    "Recorder",
    "Remark",
    "Round",
    "RuleSwitch",
    "Submission",
    "SubmissionEvent",
    "Unlock",
    "UploadLink",
]
