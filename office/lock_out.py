"""After five wrong passwords a sign-in waits: 1, 5, 15, then 60 minutes. django-axes counts; here is what it counts by.

It counts by the account and by whether this browser signed in to it before, never by the address of the network, which
a whole office shares. So the tries of a stranger make strangers wait, and not the owner at the usual computer.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from office.account_actions import note_account
from office.browsers import browser_digest, key_of_browser
from office.data_keys import keyed_digest
from office.models import AccountEvent, KnownBrowser, User

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
"""The pause after the fifth wrong try, the sixth, and so on; the last one also after every further try."""
DIGEST_LENGTH = 64
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - no address is listened on: it is written in the place of the browser's
Credentials = Mapping[str, str | None]


class PauseHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes brings no types
    """Locks for a pause that grows with the wrong tries. Axes itself has one pause and then forgets all tries."""

    def is_locked(self, request: HttpRequest, credentials: Credentials | None = None) -> bool:
        """Return whether a sign-in to this account, from this kind of browser, has to wait."""
        return paused_until(account_key(request, credentials)) is not None

    def user_login_failed(
        self, sender: object, credentials: Credentials, request: HttpRequest | None = None, **facts: object
    ) -> None:
        """Count the wrong try. The first pause of an account is an event, mailed to the person and the heads."""
        super().user_login_failed(sender, credentials, request, **facts)
        if getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT:
            about = User.objects.filter(username=credentials.get("username")).first()
            if about:
                note_account(AccountEvent.Kind.SIGN_IN_PAUSED, about=about, by=None)


def account_key(request: HttpRequest, credentials: Credentials | None = None) -> str:
    """Return by what the tries are counted. Names that no account has count alike, so that no answer tells them apart.

    A name is kept as a digest: some people type their password into its field.
    """
    name = (credentials or {}).get("username") or request.POST.get("username") or ""
    key = key_of_browser(request)
    own = key and KnownBrowser.objects.filter(user__username=name, key_hash=browser_digest(key)).exists()
    return f"{name_digest(name)}{browser_digest(key)[:32] if own else ''}"


def name_digest(name: str) -> str:
    """Return the beginning of all keys of the account with this name."""
    return keyed_digest("sign-in name", unicodedata.normalize("NFKC", name).casefold()[:150])


def no_address(request: HttpRequest) -> str:
    """Return the same for every browser: no network address is counted or kept."""
    return NO_ADDRESS


def paused_until(key: str) -> datetime | None:
    """Return until when a sign-in with this key waits, or None when it need not."""
    found = AccessAttempt.objects.filter(username=key).aggregate(
        wrong=Sum("failures_since_start"), last=Max("attempt_time")
    )
    return pause_end(found["wrong"] or 0, found["last"])


def pause_end(wrong: int, last: datetime | None) -> datetime | None:
    """Return when the pause after the last of so many wrong tries ends, or None when there is none, or it is over."""
    if last is None or wrong < settings.AXES_FAILURE_LIMIT:
        return None
    end = last + PAUSES[min(wrong - settings.AXES_FAILURE_LIMIT, len(PAUSES) - 1)]
    return end if end > timezone.now() else None
