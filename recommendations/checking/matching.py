"""Compare a file with the letters of this office."""

import hashlib
import re

from django.db.models import Q

from recommendations.checking.answers import (
    NOT_OURS,
    VisitorAnswer,
    answer_for,
    answer_for_drawn_and_sent,
    answer_for_foreign_scan,
    answer_for_scan,
    answer_for_strange_signature,
    answer_for_unreadable,
)
from recommendations.letter.pdf import pdf_of
from recommendations.models import Letter, SignedCopy
from recommendations.signing.doubts import doubts_about
from recommendations.signing.roots import trusted_roots
from recommendations.uploads.content_types import PICTURE_BEGINNINGS
from recommendations.uploads.refusal import BadFile, DiskNotReady, NotCheckedNow
from recommendations.uploads.signatures import seen_file

IDENTITY = re.compile(rb"[VK]-[0-9]{2}\.[0-9]{4}\.[0-9]{3}")
"""Our letters name it in the part of the PDF that describes it, which signing programs leave readable."""
MOST_NAMED = 20
"""A letter names one. A file with more than this is no letter."""


def letter_behind(file: bytes) -> Letter | None:
    """Return the letter that the file is, or names in its description. None when it is or names none of ours.

    Raise NotCheckedNow, DiskNotReady, FileDamaged.
    """
    sha256 = hashlib.sha256(file).hexdigest()
    same = Q(sha256=sha256) | Q(copies__sha256=sha256, copies__outcome=SignedCopy.State.ACCEPTED)
    return Letter.objects.filter(same).first() or _begun_by(file) or _named_by(file)


def _begun_by(file: bytes) -> Letter | None:
    """Return the letter whose signed file this file begins with: a further signature is appended. None without one."""
    digest, read = hashlib.sha256(), 0
    shorter = SignedCopy.objects.accepted().filter(size__lt=len(file)).order_by("size")
    for size, sha256, letter_id in shorter.values_list("size", "sha256", "letter"):
        digest.update(file[read:size])
        read = size
        if digest.hexdigest() == sha256:
            return Letter.objects.get(pk=letter_id)
    return None


def _named_by(file: bytes) -> Letter | None:
    """Return the letter with the identity number that the file names. None when it names none of ours, or many.

    A letter and those that replace it have one identity number: return the one whose letter number the file names in
    its description too, otherwise the last. The file itself is not read for that, only searched.
    """
    named = {found.decode() for found in IDENTITY.findall(file)}
    if len(named) > MOST_NAMED:
        return None
    letters = list(Letter.objects.filter(identity_number__in=named).order_by("-pk"))
    return next((one for one in letters if one.number.encode() in file), letters[0] if letters else None)


def answer_about(letter: Letter | None, file: bytes, *, for_visitor: bool) -> VisitorAnswer:
    """Return whether the file is this letter, signed and unchanged. A file of a visitor never lets staff wait.

    Raise NotCheckedNow, DiskNotReady, and FileDamaged when the kept letter itself is lost.
    """
    if letter is None or not letter.is_drawn:
        return NOT_OURS
    copy = letter.copies.accepted().first()
    answer = _compared(letter, copy, file, for_visitor)
    return answer_for_foreign_scan() if not answer.is_ours and _may_be_a_scan(copy, file) else answer


def _compared(letter: Letter, copy: SignedCopy | None, file: bytes, for_visitor: bool) -> VisitorAnswer:
    try:
        return _as_it_was_given(letter, copy, file) or _as_it_was_drawn(letter, copy, file, for_visitor)
    except (NotCheckedNow, DiskNotReady):
        raise
    except BadFile as problem:
        return answer_for_unreadable(problem)


def _may_be_a_scan(copy: SignedCopy | None, file: bytes) -> bool:
    """Return whether the file is a picture, or a PDF of pictures only when the paper was signed with ink.

    A PDF with letters of its own is no scan. One that packs its objects could hide them, so it is taken for none.
    """
    if file.startswith(tuple(PICTURE_BEGINNINGS)):
        return True
    return copy is not None and copy.is_scan and not any(sign in file for sign in (b"/Font", b"/ObjStm"))


def _as_it_was_given(letter: Letter, copy: SignedCopy | None, file: bytes) -> VisitorAnswer | None:
    """Return the answer about a file that the applicant got and that has no electronic signature, otherwise None."""
    sha256 = hashlib.sha256(file).hexdigest()
    if copy and copy.is_scan and sha256 == copy.sha256:
        return answer_for_scan(copy.signer)
    if letter.was_sent_unsigned and sha256 == letter.sha256:
        return answer_for_drawn_and_sent()
    return None


def _as_it_was_drawn(letter: Letter, copy: SignedCopy | None, file: bytes, for_visitor: bool) -> VisitorAnswer:
    """Return the answer about another file, which is compared with the letter as drawn. Raise BadFile, FileDamaged."""
    roots = trusted_roots()
    seen = seen_file(file, drawn=pdf_of(letter), roots=roots, for_visitor=for_visitor)
    if seen.unchanged and seen.signatures and not _begins_with(file, copy):
        return answer_for_strange_signature(seen)
    doubts = doubts_about(letter, seen.signatures, knows_issuers=bool(roots)) if seen.signatures else []
    return answer_for(seen, doubts)


def _begins_with(file: bytes, copy: SignedCopy | None) -> bool:
    """Return whether the file is the signed letter that we gave, perhaps with further signatures after ours.

    Anybody with a certificate can sign the unsigned letter: such a signature is not the office's.
    """
    if copy is None:
        return False
    return hashlib.sha256(file[: copy.size]).hexdigest() == copy.sha256
