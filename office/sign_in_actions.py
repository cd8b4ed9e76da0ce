"""What a sign-in leaves behind, and how an admin opens a sign-in that waits. Each act is an event."""

from axes.models import AccessAttempt
from django.db import transaction

from office.account_actions import note_account
from office.browsers import browser_digest, browser_words
from office.lock_out import name_digest
from office.models import AccountEvent, KnownBrowser, User


@transaction.atomic
def note_browser(user: User, *, key: str, agent: str) -> None:
    """Keep the browser as one of the user's. A new one is an event, mailed to the user."""
    words = browser_words(agent)
    _, is_new = KnownBrowser.objects.get_or_create(
        user=user, key_hash=browser_digest(key), defaults={"words": words[:60]}
    )
    if is_new:
        note_account(AccountEvent.Kind.BROWSER_NEW, about=user, note=words, by=user)


@transaction.atomic
def open_sign_in(user: User, *, by: User | None) -> bool:
    """Forget the wrong tries of the account, so that its sign-in waits no more. Return whether there were any."""
    found, _ = AccessAttempt.objects.filter(username__startswith=name_digest(user.username)).delete()
    if found:
        note_account(AccountEvent.Kind.SIGN_IN_OPENED, about=user, by=by)
    return bool(found)
