"""Compare a file with the letters of this office."""

import hashlib
import re

from recommendations.checking.answers import (
    NOT_OURS,
    OTHER_LETTER,
    Verdict,
    VisitorAnswer,
    answer_for,
    answer_for_drawn_and_sent,
    answer_for_extended,
    answer_for_foreign_scan,
    answer_for_scan,
    answer_for_strange_signature,
    answer_for_too_complex,
    answer_for_unreadable,
)
from recommendations.letter.pdf import pdf_of
from recommendations.models import Letter, SignedCopy
from recommendations.signing.doubts import doubts_about
from recommendations.signing.other_letters import letters_begun_by
from recommendations.signing.roots import trusted_roots
from recommendations.uploads.content_types import PICTURE_BEGINNINGS
from recommendations.uploads.refusal import BadFile, DiskNotReady, NotCheckedNow, TooComplex
from recommendations.uploads.signatures import SeenFile, description_of, seen_file

IDENTITY = re.compile(r"[VK]-[0-9]{2}\.[0-9]{4}\.[0-9]{3}")
"""Our letters name it among their keywords, which other programs keep when they write the file again."""
MOST_NAMED = 20
"""A letter names one. A file with more than this is no letter."""


def letter_behind(file: bytes) -> Letter | None:
    """Return the letter that the file is, begins with, or names in its description. None when it is none of ours.

    Raise NotCheckedNow, DiskNotReady.
    """
    return letters_begun_by(file).first() or _named_by(file)


def _named_by(file: bytes) -> Letter | None:
    """Return the letter with the identity number in the file's description. None when it names none of ours, or many.

    A letter and those that replace it have one identity number: return the one whose letter number the description
    has too, otherwise the last.
    """
    words = _description(file)
    named = set(IDENTITY.findall(words))
    if len(named) > MOST_NAMED:
        return None
    letters = list(Letter.objects.filter(identity_number__in=named).order_by("-pk"))
    return next((one for one in letters if one.number in words), letters[0] if letters else None)


def _description(file: bytes) -> str:
    """Return how the file describes itself, or "" when it cannot be read. Raise NotCheckedNow, DiskNotReady."""
    try:
        return description_of(file)
    except (NotCheckedNow, DiskNotReady):
        raise
    except BadFile:
        return ""


def answer_about(letter: Letter | None, file: bytes, *, for_visitor: bool) -> VisitorAnswer:
    """Return whether the file is this letter, signed and unchanged. A file of a visitor never lets staff wait.

    Raise NotCheckedNow, DiskNotReady, and FileDamaged when the kept letter itself is lost.
    """
    if letter is None or not letter.is_drawn:
        return NOT_OURS
    copy = letter.copies.accepted().first()
    answer = _compared(letter, copy, file, for_visitor)
    if not answer.is_ours and _may_be_a_scan(copy, file):
        return answer_for_foreign_scan()
    is_other = answer.verdict == Verdict.NOT_OURS and letters_begun_by(file).exclude(pk=letter.pk).exists()
    return OTHER_LETTER if is_other else answer


def _compared(letter: Letter, copy: SignedCopy | None, file: bytes, for_visitor: bool) -> VisitorAnswer:
    try:
        return _as_it_was_given(letter, copy, file) or _as_it_was_drawn(letter, copy, file, for_visitor)
    except (NotCheckedNow, DiskNotReady):
        raise
    except TooComplex as problem:
        begins_as_ours = file.startswith(pdf_of(letter)) or _begins_with(file, copy)
        return answer_for_too_complex() if begins_as_ours else answer_for_unreadable(problem)
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
    if seen.unchanged and seen.signatures and not _is_given(seen, copy):
        return (answer_for_extended if _begins_with(file, copy) else answer_for_strange_signature)(seen)
    doubts = doubts_about(letter, seen.signatures, knows_issuers=bool(roots)) if seen.signatures else []
    return answer_for(seen, doubts)


def _is_given(seen: SeenFile, copy: SignedCopy | None) -> bool:
    """Return whether the file is the signed letter that we gave, byte for byte.

    Anybody with a certificate can sign the unsigned letter, or sign ours once more and write over it: such a signature
    is not the office's.
    """
    return copy is not None and seen.sha256 == copy.sha256


def _begins_with(file: bytes, copy: SignedCopy | None) -> bool:
    """Return whether the file begins with the signed letter that we gave."""
    if copy is None:
        return False
    return hashlib.sha256(file[: copy.size]).hexdigest() == copy.sha256
