from recommendations.models.activities import ActivityIndex, ActivityPosting, ActivityWord, ArchivedActivity
from recommendations.models.agencies import Agency, AgencyAlias, AgencyEvent
from recommendations.models.applicants import Applicant, EmailCode
from recommendations.models.attachments import Attachment
from recommendations.models.corrections import AnswerCorrection
from recommendations.models.download_links import DownloadLink
from recommendations.models.dues import AlertDay, DueChange
from recommendations.models.duplicates import DuplicateCheck
from recommendations.models.letters import Dispatch, Letter
from recommendations.models.numbers import RegisterNumber
from recommendations.models.opinions import Opinion
from recommendations.models.phrases import Phrase
from recommendations.models.rating_links import RatingLink, note_delivered
from recommendations.models.receipts import DeliveryReceipt
from recommendations.models.results import ResultNote
from recommendations.models.rounds import Recorder, Remark, Round, Unlock
from recommendations.models.rules import FindingDecision, RuleSwitch
from recommendations.models.signed_copies import SignedCopy
from recommendations.models.slips import Slip
from recommendations.models.submissions import Submission, SubmissionEvent
from recommendations.models.upload_links import UploadLink

__all__ = [
    "ActivityIndex",
    "ActivityPosting",
    "ActivityWord",
    "Agency",
    "AgencyAlias",
    "AgencyEvent",
    "AlertDay",
    "AnswerCorrection",
    "Applicant",
    "ArchivedActivity",
    "Attachment",
    "DeliveryReceipt",
    "Dispatch",
    "DownloadLink",
    "DueChange",
    "DuplicateCheck",
    "EmailCode",
    "FindingDecision",
    "Letter",
    "Opinion",
    "Phrase",
    "RatingLink",
    "Recorder",
    "RegisterNumber",
    "Remark",
    "ResultNote",
    "Round",
    "RuleSwitch",
    "SignedCopy",
    "Slip",
    "Submission",
    "SubmissionEvent",
    "Unlock",
    "UploadLink",
    "note_delivered",
]
