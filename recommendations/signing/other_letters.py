"""Which other letter of the office a file is, so that an officer who chose the wrong file reads which one it was."""

import hashlib
import re
from itertools import islice

from django.db.models import Q, QuerySet

from recommendations.models import Letter, SignedCopy

END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
"""Where a PDF, or one of its updates, ends. The line break may belong to it or to the update that follows."""
MOST_ENDS = 20


def other_letter_in(file: bytes, letter: Letter) -> Letter | None:
    """Return the letter that a file of `letter` is instead, perhaps signed; None when it is none that we know.

    A signature is appended, so the file is known by the bytes that it begins with. One that another program has
    written again is not. Only for staff: a visitor learns nothing of another letter.
    """
    return letters_begun_by(file).exclude(pk=letter.pk).first()


def letters_begun_by(file: bytes) -> QuerySet[Letter]:
    """Return the letters that the file is, or begins with, as drawn or as signed."""
    known = _digests(file)
    return Letter.objects.filter(
        Q(sha256__in=known) | Q(copies__sha256__in=known, copies__outcome=SignedCopy.State.ACCEPTED)
    )


def _digests(file: bytes) -> set[str]:
    """Return the SHA-256 of the file, and of its beginnings up to each of its first ends."""
    found = islice(END.finditer(file), MOST_ENDS)
    ends = {end for match in found for end in (match.start() + len(b"%%EOF"), match.end())}
    return {hashlib.sha256(memoryview(file)[:end]).hexdigest() for end in ends | {len(file)}}


def words_of_other(other: Letter, letter: Letter) -> str:
    """Return the sentence that a file is another letter."""
    return f"Ini surat {other.number}, bukan {letter.number}."
