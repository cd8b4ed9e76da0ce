"""The failed sign-ins of the last thirty days in sum, by account: never by try and never by place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessFailureLog
from django.db.models import Count, Max
from django.utils import timezone

from office.lock_out import DIGEST_LENGTH, name_digest, paused_until
from office.models import User

SHOWN_FOR = timedelta(days=30)


@dataclass
class FailedSignIns:
    """How often a sign-in to one account failed. `user` is None for all names together that no account has."""

    user: User | None
    times: int
    last_at: datetime
    until: datetime | None = None


def failed_sign_ins() -> list[FailedSignIns]:
    """Return the sum of each account, the latest first; at the end the sum of the names that no account has."""
    accounts = {name_digest(user.username): user for user in User.objects.all()}
    recent = AccessFailureLog.objects.filter(attempt_time__gte=timezone.now() - SHOWN_FOR)
    sums: dict[User | None, FailedSignIns] = {}
    for row in recent.order_by().values("username").annotate(times=Count("pk"), last=Max("attempt_time")):
        user = accounts.get(row["username"][:DIGEST_LENGTH])
        found = sums.setdefault(user, FailedSignIns(user, 0, row["last"]))
        found.times += row["times"]
        found.last_at = max(found.last_at, row["last"])
        found.until = max(filter(None, [found.until, paused_until(row["username"])]), default=None) if user else None
    return sorted(sums.values(), key=lambda one: (one.user is not None, one.last_at), reverse=True)
