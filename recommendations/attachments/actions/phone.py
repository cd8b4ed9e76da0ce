"""Open and close the upload link of a submission, and join the photos that came through it."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from office.models import User
from office.refusals import Refused
from recommendations.attachments.actions.attaching import LinkClosed, attach, detach
from recommendations.attachments.previews import picture_of
from recommendations.instruments.attachment_kinds import kind_called
from recommendations.models import Attachment, Submission, UploadLink
from recommendations.moves import being_recorded, locked
from recommendations.uploads import MAX_BYTES, PDF, PICTURES, fitting_name, shown_size
from recommendations.uploads.pages import joined_pdf


class NotJoined(Refused):
    """Raised when the photos cannot be joined into one PDF. The photos stay attached."""


@transaction.atomic
def open_link(submission: Submission, *, by: User) -> UploadLink:
    """Close the submission's upload link, and return a new one that lasts half an hour. Raise MoveNotAllowed."""
    submission = being_recorded(submission)
    now = timezone.now()
    submission.upload_links.filter(closed_at=None).update(closed_at=now)
    return UploadLink.objects.create(submission=submission, made_by=by, made_at=now, until=now + UploadLink.LASTS)


@transaction.atomic
def close_link(submission: Submission) -> None:
    """Close the submission's upload link, if one is open."""
    locked(submission).upload_links.filter(closed_at=None).update(closed_at=timezone.now())


def join_photos(link: UploadLink, *, kind: str) -> Attachment:
    """Replace the photos of `kind` that came through `link` by one PDF, with a page for each photo, in their order.

    Return the PDF's attachment. The PDF is attached before the photos are deleted. Raise LinkClosed before any picture
    is drawn, NotJoined, OriginalLost, BadFile, and what `attach` and `detach` raise.
    """
    if link.why_closed:
        raise LinkClosed(link.why_closed)
    photos = list(photos_of(link).filter(kind=kind))
    if len(photos) < 2:
        raise NotJoined("Kirim paling sedikit dua foto dari jenis yang sama, lalu gabungkan.")
    content = joined_pdf([picture_of(photo) for photo in photos])
    if len(content) > MAX_BYTES:
        raise NotJoined(f"Gabungan ini lebih dari {shown_size(MAX_BYTES)}. Foto tetap terkirim satu per satu.")
    paper = kind_called(link.submission.instrument, kind)
    label = paper.label if paper else kind
    name = fitting_name(f"{label.partition(':')[0].partition('/')[0]}, {len(photos)} halaman", PDF)
    file, description = ContentFile(content, name=name), photos[0].description
    made = attach(
        link.submission, kind=kind, file=file, content_type=PDF, description=description, link=link, by=link.made_by
    )
    for photo in photos:
        detach(photo, by=link.made_by)
    return made


def photos_of(link: UploadLink) -> QuerySet[Attachment]:
    """Return the pictures that came through `link`, the oldest first."""
    return link.attachments.filter(content_type__in=PICTURES)
