"""Draw the draft letter that the Kepala reads page by page. The same content is drawn once and cached."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from office.cached import cached
from office.models import Head, LetterStyle, Office, User
from recommendations.letter.content import letter_content, render_pdf
from recommendations.letter.numbers import letter_to_replace
from recommendations.models import Submission
from recommendations.uploads.pages import own_page_count, own_page_picture
from recommendations.uploads.refusal import BadFile

KEPT_FOR = 15 * 60


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
    content = draft_content(submission, number=number, identity_number=identity_number, on=today, reader=reader)
    key = f"draft-{_digest(content)}"
    pdf = cached(key, lambda: render_pdf(content, draft=True), seconds=KEPT_FOR)
    return Draft(key, pdf, content, today)


def draft_content(
    submission: Submission, *, number: str = "", identity_number: str = "", on: date, reader: User
) -> dict[str, Any]:
    """Return the words of the letter as `reader` would issue it on a day."""
    return letter_content(
        submission,
        office=Office.objects.current(),
        style=LetterStyle.objects.current(),
        head=Head.objects.on(on).filter(user=reader).first() or Head(user=reader),
        number=number,
        identity_number=identity_number,
        issued_on=on,
        token="",
        replaces=letter_to_replace(submission),
    )


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
