"""Attach files to a submission that is being recorded, and change or remove them until a round is complete."""

from typing import Any

from django.core.files import File
from django.db import transaction

from office import clock
from office.models import User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.attachments.actions.storing import delete_after_commit, kept, name_of, sha256_of, storing
from recommendations.attachments.tasks import draw_attachment
from recommendations.instruments.attachment_kinds import described, kind_called
from recommendations.models import Attachment, Submission, UploadLink
from recommendations.moves import being_recorded, note_event
from recommendations.workflow import Move


class FileAlreadyAttached(Refused):
    """Raised when the submission already has the same file under the same kind."""

    def __init__(self, name: str):
        super().__init__(f"{name} sudah dilampirkan.")


class FileOfARound(Refused):
    """Raised when the file belongs to a round that was recorded complete."""

    def __init__(self, name: str):
        super().__init__(f"{name} termasuk putaran yang sudah terekam lengkap. Lampirkan penggantinya di sampingnya.")


class FileTakenBack(Refused):
    """Raised when the file has been removed meanwhile."""

    def __init__(self, name: str):
        super().__init__(f"{name} sudah dilepas di tempat lain.")


class LinkClosed(Refused):
    """Raised when the upload link does not accept files any more."""


def attach(
    submission: Submission,
    *,
    kind: str,
    file: "File[bytes]",
    content_type: str,
    description: str = "",
    link: UploadLink | None = None,
    by: User | None,
) -> Attachment:
    """Store a checked file byte for byte under a random name, with its row, and return the attachment.

    `link` is the upload link that the telephone used; `by` is None for a file from the applicant's page. When the row
    cannot be saved, the file is deleted. If an outer transaction rolls back later, the file stays in the storage.

    Raise MoveNotAllowed, LinkClosed, FileAlreadyAttached, NotStored, ClockWentBack.
    """
    with storing(file) as path:
        facts = {"kind": kind, "content_type": content_type, "description": description, "link": link}
        return _attached(submission, file, path, facts, by)


def _attached(
    submission: Submission, file: "File[bytes]", path: str, facts: dict[str, Any], by: User | None
) -> Attachment:
    submission = being_recorded(submission)
    if facts["link"]:
        _count_on(facts["link"])
    sha256 = sha256_of(file)
    if submission.attachments.filter(kind=facts["kind"], sha256=sha256).exists():
        raise FileAlreadyAttached(name_of(file))
    kind = kind_called(submission.instrument, facts["kind"])
    attachment = Attachment.objects.create(
        submission=submission,
        sha256=sha256,
        uploaded_at=clock.now(),
        uploaded_by=by,
        **kept(file, path),
        **facts | {"description": described(kind, facts["description"], name_of(file))[:200]},
    )
    way = ", lewat ponsel" if facts["link"] else ""
    words = f"{attachment.label}: {attachment.name}{way}"
    note_event(submission, Move.ATTACH, by=by, note=words, at=attachment.uploaded_at)
    if attachment.is_drawable:
        nudge(draw_attachment, attachment.pk)
    return attachment


def _count_on(link: UploadLink) -> None:
    """Count one more file on `link`. Raise LinkClosed when the link is closed, expired or full.

    The caller has locked the submission, so no other file is counted at the same time.
    """
    now = UploadLink.objects.select_related("submission").get(pk=link.pk)
    if now.why_closed:
        raise LinkClosed(now.why_closed)
    now.file_count += 1
    now.save(update_fields=["file_count"])


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> Submission:
    """Delete a file that was attached by mistake, and return its submission. The timeline keeps the file's name.

    Raise MoveNotAllowed, FileTakenBack, or FileOfARound when a round was recorded complete with the file.
    """
    submission = _locked_if_free(attachment)
    note_event(submission, Move.DETACH, by=by, note=f"{attachment.label}: {attachment.name}")
    attachment.delete()
    delete_after_commit(attachment)
    return submission


@transaction.atomic
def rekind(attachment: Attachment, *, kind: str, description: str = "", by: User) -> Attachment:
    """Change the kind and the description of a file, and return it.

    Raise MoveNotAllowed, FileTakenBack, FileOfARound, FileAlreadyAttached.
    """
    submission = _locked_if_free(attachment)
    others = submission.attachments.filter(kind=kind, sha256=attachment.sha256).exclude(pk=attachment.pk)
    if others.exists():
        raise FileAlreadyAttached(attachment.name)
    before = attachment.label
    meant = kind_called(submission.instrument, kind)
    attachment.kind, attachment.description = kind, described(meant, description, attachment.name)[:200]
    attachment.save(update_fields=["kind", "description"])
    if attachment.label != before:
        note_event(submission, Move.REKIND, by=by, note=f"{attachment.name}: {before} menjadi {attachment.label}")
    return attachment


def _locked_if_free(attachment: Attachment) -> Submission:
    """Lock the submission and return it. Raise MoveNotAllowed, FileTakenBack, FileOfARound."""
    submission = being_recorded(attachment.submission)
    if not submission.attachments.filter(pk=attachment.pk).exists():
        raise FileTakenBack(attachment.name)
    if submission.rounds.recorded().filter(recorded_at__gte=attachment.uploaded_at).exists():
        raise FileOfARound(attachment.name)
    return submission
