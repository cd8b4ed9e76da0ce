"""The files of an anonymous reporter: neither a name nor the data inside a photo leads to the person."""

from django.core.files import File
from django.core.files.base import ContentFile

from complaints.models import Complaint
from recommendations.uploads import JPEG, PICTURES
from recommendations.uploads.content_types import ENDINGS
from recommendations.uploads.pages import picture_to_join

CheckedPaper = tuple["File[bytes]", str]
"""A checked file, and its content type."""


def without_traces(complaint: Complaint, paper: CheckedPaper) -> CheckedPaper:
    """Return what is kept of a file: of an anonymous reporter's photo only its picture, else the file as it came.

    A photo of a telephone says where, when and with which one it was taken. It is drawn again, upright, by a child
    process, so call this before the complaint is locked. Raise BadFile.
    """
    file, content_type = paper
    if not complaint.is_anonymous or content_type not in PICTURES:
        return paper
    file.seek(0)
    return ContentFile(picture_to_join(file.read()), name="foto.jpg"), JPEG


def neutral_name(content_type: str, number: int) -> str:
    """Return the name under which file `number` of an anonymous reporter is kept: "foto-1.jpg", "berkas-2.pdf"."""
    return f"{'foto' if content_type in PICTURES else 'berkas'}-{number}{ENDINGS[content_type][0]}"
