"""The files of a submission: attached while it is being recorded, taken back as long as no round stands on them."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from office.models import User
from recommendations.models import Attachment, Submission
from recommendations.moves import being_recorded, tell
from recommendations.workflow import Move


class FileAlreadyAttached(Exception):
    """The same file, of the same kind, is there already; the text is fit for the screen."""

    def __init__(self, name: str):
        super().__init__(f"{name} sudah dilampirkan.")


class FileOfARound(Exception):
    """The file belongs to a round that was recorded complete; the text is fit for the screen."""

    def __init__(self, name: str):
        super().__init__(f"{name} termasuk putaran yang sudah terekam lengkap. Lampirkan penggantinya di sampingnya.")


@transaction.atomic
def attach(submission: Submission, *, kind: str, file: UploadedFile, content_type: str, by: User) -> Attachment:
    """Keep a checked file under a random name. Raises MoveNotAllowed, FileAlreadyAttached."""
    submission = being_recorded(submission)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if submission.attachments.filter(kind=kind, sha256=sha256).exists():
        raise FileAlreadyAttached(file.name)
    attachment = Attachment.objects.create(
        submission=submission,
        kind=kind,
        file=file,
        name=file.name[-200:],
        size=file.size,
        content_type=content_type,
        sha256=sha256,
        uploaded_by=by,
    )
    tell(submission, Move.ATTACH, by=by, note=f"{attachment.label}: {attachment.name}")
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> Submission:
    """Take back a file that was attached by mistake; the timeline keeps its name.

    Raises MoveNotAllowed, and FileOfARound for a file with which a round was recorded complete.
    """
    submission = being_recorded(attachment.submission)
    if submission.rounds.recorded().filter(recorded_at__gte=attachment.uploaded_at).exists():
        raise FileOfARound(attachment.name)
    tell(submission, Move.DETACH, by=by, note=f"{attachment.label}: {attachment.name}")
    attachment.delete()
    transaction.on_commit(lambda: attachment.file.storage.delete(attachment.file.name))
    return submission
