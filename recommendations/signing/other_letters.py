"""Recognise another letter of the office in a wrong file, so that its number can be told to the officer."""

import hashlib
import re
from itertools import islice

from django.db.models import Q, QuerySet

from recommendations.models import Letter, SignedCopy

END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
"""Where a PDF, or one of its updates, ends. The line break may belong to it or to the update that follows."""
MOST_ENDS = 20


def other_letter_in(file: bytes, letter: Letter) -> Letter | None:
    """Return the other letter that `file`, which was uploaded for `letter`, really is. None when it is none of ours.

    The file may be signed: a signature is added at the end, so the letter is known by the bytes at the beginning. A
    file that another program has saved again is not known. Only for staff: a visitor learns nothing of another letter.
    """
    return letters_begun_by(file).exclude(pk=letter.pk).first()


def letters_begun_by(file: bytes) -> QuerySet[Letter]:
    """Return the letters that the file is, or begins with, as drawn or as signed."""
    known = _digests(file)
    return Letter.objects.filter(
        Q(sha256__in=known) | Q(copies__sha256__in=known, copies__outcome=SignedCopy.State.ACCEPTED)
    )


def _digests(file: bytes) -> set[str]:
    """Return the SHA-256 of the whole file, and of its bytes up to each of the first `MOST_ENDS` ends.

    The file is read once: this runs in the web process.
    """
    found = islice(END.finditer(file), MOST_ENDS)
    ends = {end for match in found for end in (match.start() + len(b"%%EOF"), match.end())}
    digest, digests, begin = hashlib.sha256(), set(), 0
    for end in sorted(ends | {len(file)}):
        digest.update(memoryview(file)[begin:end])
        digests.add(digest.hexdigest())
        begin = end
    return digests


def words_of_other(other: Letter, letter: Letter) -> str:
    """Return the sentence that a file is another letter."""
    return f"Ini surat {other.number}, bukan {letter.number}."
