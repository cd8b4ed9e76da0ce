"""The files that came with a form: a complaint is saved also when a file of it is not."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest

from complaints.actions.talking import give_file
from complaints.forms.reporting import CheckedFile
from complaints.models import Complaint
from office.models import User
from office.refusals import Refused

FILE_LEFT_OUT = "Pengaduan tersimpan, tetapi berkas tidak: {}"


def give_papers(request: HttpRequest, complaint: Complaint, papers: Iterable[CheckedFile], *, by: User | None) -> None:
    """Store each file with the complaint. The next page names those that were refused."""
    for paper in papers:
        try:
            give_file(complaint, **paper, by=by)
        except Refused as refusal:
            messages.error(request, FILE_LEFT_OUT.format(refusal))
