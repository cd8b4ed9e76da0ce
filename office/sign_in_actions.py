"""What a sign-in leaves behind, how it is ended elsewhere, and how an admin opens one that waits."""

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction

from office.account_actions import note_account
from office.browsers import browser_digest, browser_words
from office.lock_out import name_digest
from office.models import AccountEvent, KnownBrowser, SignIn, User


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


@transaction.atomic
def note_sign_in(user: User, *, session_key: str, agent: str) -> None:
    """Keep that the user signed in, so that the user finds the session in a list and can end it."""
    SignIn.objects.filter(user=user).exclude(pk__in=SignIn.objects.lasting().values("pk")).delete()
    SignIn.objects.create(user=user, session_key=session_key, words=browser_words(agent)[:60])


@transaction.atomic
def end_sign_ins(user: User, *, but: str = "", only: int | None = None) -> int:
    """End the user's sessions, and return how many there were.

    The one with the key `but` goes on. `only` is the id of a single one to end.
    """
    found = SignIn.objects.filter(user=user).exclude(session_key=but)
    if only is not None:
        found = found.filter(pk=only)
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return found.delete()[0]


@transaction.atomic
def follow_session(user: User, *, former: str, now: str) -> None:
    """Note the new key that this session got when the password was changed, and end all others of the user."""
    SignIn.objects.filter(user=user, session_key=former).update(session_key=now)
    end_sign_ins(user, but=now)
