"""Draw the draft letter that the Kepala reads page by page. The same content is drawn once and cached."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from office.cache import cached
from office.models import Head, LetterStyle, Office, User
from recommendations.letter.annex import Examination
from recommendations.letter.content import letter_content, render_pdf
from recommendations.letter.numbers import letter_to_replace
from recommendations.models import Letter, Submission
from recommendations.uploads.pages import own_page_count, own_page_picture
from recommendations.uploads.refusal import BadFile

KEPT_FOR = 15 * 60


@dataclass(frozen=True)
class Occasion:
    """The facts that are the same for every letter that one reader would issue on one day."""

    office: Office
    style: LetterStyle
    head: Head
    day: date


def occasion_of(reader: User, day: date) -> Occasion:
    """Return the occasion on which `reader` would issue letters. A draft names its reader, also one who is no head."""
    head = Head.objects.on(day).filter(user=reader).first() or Head(user=reader)
    return Occasion(Office.objects.current(), LetterStyle.objects.current(), head, day)


@dataclass(frozen=True)
class Draft:
    """The content and the PDF of a draft. `key` is its key in the cache; other content has another key."""

    key: str
    pdf: bytes
    content: dict[str, Any]
    issued_on: date

    @property
    def page_count(self) -> int:
        """The number of pages; 0 when they cannot be drawn now."""
        try:
            return cached(f"{self.key}-pages", lambda: own_page_count(self.pdf), seconds=KEPT_FOR)
        except BadFile:
            return 0

    def page(self, number: int) -> bytes:
        """Return page `number`, counted from 1, as PNG. Raise NoSuchPage, BadFile."""
        return cached(f"{self.key}-{number}", lambda: own_page_picture(self.pdf, number), seconds=KEPT_FOR)


def draft_of(submission: Submission, *, number: str, identity_number: str, reader: User) -> Draft:
    """Return the letter as `reader` would issue it today with these numbers. A number not typed yet is ""."""
    today = timezone.localdate()
    content = draft_content(
        submission,
        occasion_of(reader, today),
        number=number,
        identity_number=identity_number,
        replaces=letter_to_replace(submission),
    )
    key = f"draft-{_digest(content)}"
    pdf = cached(key, lambda: render_pdf(content, draft=True), seconds=KEPT_FOR)
    return Draft(key, pdf, content, today)


def draft_content(
    submission: Submission,
    occasion: Occasion,
    *,
    number: str = "",
    identity_number: str = "",
    replaces: Letter | None,
    examination: Examination | None = None,
) -> dict[str, Any]:
    """Return the words of the letter as it would be issued on this occasion."""
    return letter_content(
        submission,
        office=occasion.office,
        style=occasion.style,
        head=occasion.head,
        number=number,
        identity_number=identity_number,
        issued_on=occasion.day,
        token="",
        replaces=replaces,
        examination=examination,
    )


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
