"""All that rows owe the worker, and how the clock starts it again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from office.mailing import tidy_outbox
from office.owed_tasks import Owed, ask_for
from office.tasks import owed_mails
from recommendations.attachments.tasks import draw_attachment
from recommendations.examination.tasks import draw_opinion
from recommendations.letter.delivery import note_results
from recommendations.letter.notices import tell_ended
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import Attachment, Dispatch, Letter, Opinion, SignedCopy, Slip
from recommendations.promise.notices import tell_later
from recommendations.signing.signed_file_checks import settle_kept
from recommendations.signing.tasks import draw_copy
from recommendations.slip.mailing import note_told
from recommendations.slip.tasks import draw_slip

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Resumed:
    """How much owed work was started again, and how many results of mails were noted."""

    letters: int
    slips: int
    files: int
    mails: int
    noted: int
    failed: int
    """How many parts of this work failed. The log says why."""


def resume_owed(now: datetime, *, not_asked_since: datetime | None = None) -> Resumed:
    """Start what the worker owes and is not under way, note the results of mails, and return how many of each.

    `not_asked_since` is the start of a worker: no task asked for before is under way.
    """
    parts = _Parts()
    parts.run(lambda: tidy_outbox(now))
    letters, slips, dispatches, mails, *files = ask_for(owed_kinds(now), now=now, not_asked_since=not_asked_since)
    parts.run(settle_kept)  # after the rest is under way: a file may be read for half a minute
    return Resumed(
        letters=letters,
        slips=slips,
        files=sum(files),
        mails=dispatches + mails + parts.run(tell_later) + parts.run(tell_ended),
        noted=parts.run(note_told) + parts.run(note_results),
        failed=parts.failed,
    )


class _Parts:
    """Runs the parts of the owed work, and counts those that fail. The others still run."""

    def __init__(self) -> None:
        self.failed = 0

    def run(self, part: Callable[[], int | None]) -> int:
        """Return the count of a part; 0 when it failed."""
        try:
            return part() or 0
        except Exception:
            log.exception("A part of the owed work failed.")
            self.failed += 1
            return 0


def owed_kinds(now: datetime) -> list[Owed]:
    """Return everything that the worker may owe: papers, mails, and pages to show."""
    return [
        Owed(draw_letter, Letter.objects.to_try(now), "issued_at"),
        Owed(draw_slip, Slip.objects.to_do(now), "written_at"),
        Owed(send_dispatch, Dispatch.objects.unmailed(), "requested_at"),
        owed_mails(now),
        Owed(draw_attachment, Attachment.objects.to_try(now), "uploaded_at"),
        Owed(draw_opinion, Opinion.objects.to_try(now), "at"),
        Owed(draw_copy, SignedCopy.objects.to_try(now), "uploaded_at"),
    ]
