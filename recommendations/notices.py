"""Put the mails that rows owe an applicant into the outbox, and say which of them cannot be written."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from office.batches import all_at_once
from office.formats import short_date
from office.models import Mail
from office.outbox import put_mails
from recommendations.models import DueChange, Letter, Submission
from recommendations.models.notices import OwesNotice, OwesNoticeQuerySet
from recommendations.tries import problem_words

_Row = TypeVar("_Row", bound=OwesNotice)

WHAT_TO_DO = "Beri tahu pemohon lewat telepon, dan beri tahu admin. Tiap jam dicoba lagi sendiri."


def put_notices(rows: OwesNoticeQuerySet[_Row], mail_of: Callable[[_Row], Mail], *, at_once: int) -> int:
    """Put the mail of every row that owes one into the outbox, `at_once` in a transaction. Return the count.

    A row whose mail cannot be written says so, and does not hold up the others.
    """
    now, count = timezone.now(), 0
    while (put := _put_some(rows, mail_of, now, at_once)) is not None:
        count += put
    return count


@transaction.atomic
def _put_some(
    rows: OwesNoticeQuerySet[_Row], mail_of: Callable[[_Row], Mail], now: datetime, at_once: int
) -> int | None:
    """Put at most `at_once` mails into the outbox, and return the count; None when no row is left for this run.

    The rows are locked, so that two workers never write one mail twice.
    """
    some = list(rows.notice_to_try(now).select_for_update(of=("self",), skip_locked=True)[:at_once])
    if not some:
        return None

    def put(part: Sequence[_Row]) -> None:
        rows.filter(pk__in=[one.pk for one in part]).update(is_notice_owed=False, notice_problem="")
        put_mails([mail_of(one) for one in part])

    failed = all_at_once(some, put)
    for row, problem in failed:
        facts = {"notice_tried_at": now, "notice_problem": problem_words(problem)}
        rows.filter(pk=row.pk).update(notice_tries=F("notice_tries") + 1, **facts)
    return len(some) - len(failed)


def stuck_notices(submission: Submission) -> Iterator[str]:
    """Yield a sentence for each mail to the applicant that could not be written in all its tries, with what to do."""
    dues = DueChange.objects.notice_stuck().filter(round__submission=submission)
    letters = Letter.objects.notice_stuck().filter(submission=submission)
    named = chain(
        ((f"jatuh tempo {short_date(one.new_due_on)}", one.notice_problem) for one in dues),
        ((f"surat {one.number} yang {one.get_status_display().lower()}", one.notice_problem) for one in letters),
    )
    for name, problem in named:
        yield f"E-mail kepada pemohon tentang {name} tidak dapat dibuat. {problem} {WHAT_TO_DO}"
