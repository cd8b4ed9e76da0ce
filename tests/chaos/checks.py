"""What must hold after a fault: numbers, files, mails, and a desk at rest."""

import hashlib
from collections.abc import Iterable

from django.utils import timezone

from guestbook.models import Visit, VisitEvent
from office.models import Mail
from recommendations.models import (
    Attachment,
    Letter,
    RegisterNumber,
    SignedCopy,
    Slip,
    Submission,
    SubmissionEvent,
)
from recommendations.owed_work import owed_kinds
from tests.chaos.mail import MailServer
from tests.chaos.steps import Walk

ONCE_A_VISIT = ("check_in", "call", "start", "finish", "rate")
ONCE = {"open": 1, "record": 2, "return": 1, "verify": 1, "issue": 1, "scan": 1, "sign": 1, "close": 1}


def wrong_numbers() -> list[str]:
    """Return which numbers have a gap or a double."""
    series = {
        "tickets": Visit.objects.filter(prefix="R").values_list("number", flat=True),
        "submissions": Submission.objects.values_list("number", flat=True),
        "letters": RegisterNumber.objects.filter(register="own").values_list("running", flat=True),
    }
    return [f"{name} {sorted(had)}" for name, had in series.items() if sorted(had) != list(range(1, len(had) + 1))]


def wrong_files() -> list[str]:
    """Return which kept files do not fit their SHA-256."""
    kept: Iterable = [
        *((row.file, row.sha256) for row in Attachment.objects.all()),
        *((row.pdf, row.sha256) for row in Letter.objects.exclude(pdf="")),
        *((row.file, row.sha256) for row in SignedCopy.objects.all()),
        *((row.pdf, row.sha256) for row in Slip.objects.exclude(pdf="")),
    ]
    return [str(file) for file, wanted in kept if _sha256(file) != wanted]


def _sha256(file) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.sha256(content.read()).hexdigest()
    except OSError:
        return "missing"


def wrong_acts(walk: Walk) -> list[str]:
    """Return which acts the walk's timelines do not show exactly once."""
    seen = {move: VisitEvent.objects.filter(visit=walk.visit, move=move).count() for move in ONCE_A_VISIT}
    wrong = [f"{move} {count} times" for move, count in seen.items() if count != 1]
    for move, wanted in ONCE.items():
        count = SubmissionEvent.objects.filter(submission=walk.submission, move=move).count()
        wrong += [f"{move} {count} times"] if count != wanted else []
    return wrong


def wrong_mails(walk: Walk, server: MailServer) -> list[str]:
    """Return which mails of the walk were taken twice, or not as their row tells it."""
    wrong = []
    for mail in Mail.objects.filter(to=walk.email):
        taken = server.taken[mail.message_id]
        if taken > 1 or (mail.status == Mail.Status.SENT and taken != 1):
            wrong.append(f"{mail.key} is {mail.status}, taken {taken} times")
        if mail.status == Mail.Status.REFUSED and taken:
            wrong.append(f"{mail.key} has the state refused, but was taken")
    return wrong


def still_owed() -> list[str]:
    """Return the kinds of work that are owed or under way."""
    now = timezone.now()
    owed = [str(kind.task.name) for kind in owed_kinds(now) if kind.rows.exists()]
    return owed + (["mails under way"] if Mail.objects.under_way().exists() else [])


def pages_of(walk: Walk) -> list[tuple[str, str]]:
    """Return who opens which pages at the end."""
    submission, visit = walk.submission, walk.visit
    return [
        *(("officer", path) for path in ("/loket/1/", "/permohonan/", "/akun/", f"/permohonan/{submission.pk}/")),
        ("head", "/terbitkan/"),
        ("officer", f"/surat/{walk.letter.pk}/"),
        ("officer", f"/surat/{walk.letter.pk}/bertanda-tangan/"),
        *(
            ("visitor", path)
            for path in ("/kios/", "/papan/", f"/antrian/{visit.token}/", f"/lacak/{submission.token}/")
        ),
    ]
