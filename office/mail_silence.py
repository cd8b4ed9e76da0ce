"""Decide when the mail server counts as silent, so that the worker puts mails off instead of waiting for it.

A server counts as silent at once when its name is not found, or when it stops answering before a mail's receiver is
named. When it stops answering at a receiver, the content or the end of a mail, only that mail waits. It counts as
silent after two different mails in a row, unless both stopped at receivers of one domain.
"""

import socket
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache

from office.mail_server import AnswerLost, ReceiverStalled, Stalled
from office.models import Mail
from office.sender import domain_of

SILENT = "office.mail_silence.silent"
"""The key in this process's cache under which it keeps, for SILENT_FOR, why the server counts as silent."""
SILENT_FOR = timedelta(minutes=1)

WAITED = "office.mail_silence.waited"
"""The key under which it keeps, for WAIT_COUNTS_FOR, the wait over the last mail."""
WAIT_COUNTS_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Wait:
    """A wait over one mail. `domain` is that of the receiver when the server fell silent at hearing it, else ""."""

    mail_id: int
    domain: str

    def is_explained_by(self, other: "Wait") -> bool:
        """Return whether one mail, or one domain that does not answer the server, explains both waits."""
        return self.mail_id == other.mail_id or self.domain == other.domain != ""


def why_silent() -> str:
    """Return why the server counts as silent now, or ""."""
    return str(cache.get(SILENT, ""))


def is_silent_after(mail: Mail, problem: Exception | None) -> bool:
    """Note whether the server let this mail wait. Return whether it counts as silent from now on."""
    before: Wait | None = cache.get(WAITED)
    cache.delete(WAITED)
    if not _waited(problem):
        return False
    if not isinstance(problem, Stalled | AnswerLost):
        return True
    wait = Wait(mail.pk, domain_of(mail.to) if isinstance(problem, ReceiverStalled) else "")
    if before and not wait.is_explained_by(before):
        return True
    cache.set(WAITED, wait, WAIT_COUNTS_FOR.total_seconds())
    return False


def count_as_silent(reason: str) -> None:
    """Let the server count as silent for a while, with the words for the mails that come meanwhile."""
    cache.set(SILENT, reason, SILENT_FOR.total_seconds())


def _waited(problem: BaseException | None) -> bool:
    """Return whether this try waited in vain, so that the next one would wait as long."""
    while problem and not isinstance(problem, TimeoutError | socket.gaierror):
        problem = problem.__cause__ or problem.__context__
    return problem is not None
