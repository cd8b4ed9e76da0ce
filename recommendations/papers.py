"""The PDF of an issued letter or a slip: drawn once from the frozen words, kept with its SHA-256.

It is only served when it is unchanged. `models/drawing_tries.py` says when the worker may try to draw it.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from office.refusals import Refused
from recommendations.models import Letter, Slip
from recommendations.moves import note_event
from recommendations.tries import begin_try, note_problem
from recommendations.workflow import Move

Paper = Letter | Slip
log = logging.getLogger(__name__)


class FileDamaged(Refused):
    """Raised when the kept PDF is missing, or has changed since it was drawn."""

    def __init__(self, paper: str):
        super().__init__(f"Berkas PDF {paper} hilang atau berubah. Minta admin kantor memulihkannya dari cadangan.")


def draw_once(model: type[Paper], paper_id: int, render: Callable[[dict[str, Any]], bytes]) -> None:
    """Draw the PDF of a letter or slip and keep it.

    Do nothing when it has a PDF already, or is stuck and was tried within the hour. Any exception becomes the paper's
    `problem`.
    """
    paper = model.objects.filter(pk=paper_id)
    if not begin_try(paper):
        return
    try:
        _keep(model, paper_id, render(paper.get().content))
    except Exception as problem:  # the screen says why the PDF is not drawn
        log.exception("The PDF of %s %s was not drawn.", model.__name__, paper_id)
        note_problem(paper, problem)


def _keep(model: type[Paper], paper_id: int, pdf: bytes) -> None:
    """Store the PDF and its row, or neither of them."""
    name = f"{secrets.token_hex(16)}.pdf"
    try:
        _store(model, paper_id, name, pdf)
    except BaseException:
        default_storage.delete(model.pdf.field.generate_filename(None, name))
        raise


@transaction.atomic
def _store(model: type[Paper], paper_id: int, name: str, pdf: bytes) -> None:
    paper = model.objects.undrawn().select_for_update(of=("self",)).filter(pk=paper_id).first()
    if paper is None:  # another worker was quicker: its PDF stays
        return
    paper.pdf.save(name, ContentFile(pdf), save=False)
    paper.sha256 = hashlib.sha256(pdf).hexdigest()
    paper.drawn_at, paper.problem = timezone.now(), ""
    paper.save(update_fields=["pdf", "sha256", "drawn_at", "problem"])
    if isinstance(paper, Letter):
        note_event(paper.submission, Move.DRAW, by=None)


def unchanged_bytes(paper: Paper, name: str) -> bytes:
    """Return the kept PDF. Raise FileDamaged, which calls the paper `name`, when the PDF is missing or changed."""
    return file_unchanged(paper.pdf.name, paper.sha256, name)


def file_unchanged(path: str, sha256: str, name: str) -> bytes:
    """Return the content of a file in the storage. Raise FileDamaged when it is missing or has another SHA-256."""
    try:
        with default_storage.open(path, "rb") as file:
            content: bytes = file.read()
    except OSError as gone:
        raise FileDamaged(name) from gone
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(name)
    return content
