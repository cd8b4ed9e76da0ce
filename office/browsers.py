"""Recognise a browser in which a member of staff signed in before, by a signed cookie. No IP address is kept."""

import hashlib
import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, SALT = "browser", "office.browsers"
COOKIE_AGE = 400 * 24 * 60 * 60  # the longest that browsers allow; renewed at each sign-in
PROGRAMS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]
"""The first that the browser names counts: Edge also names Chrome and Safari."""


def key_of_browser(request: HttpRequest) -> str:
    """Return the key in the browser's cookie, or "" when it has none of ours."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""


def new_browser_key() -> str:
    """Return a key for a browser that has none. It cannot be guessed."""
    return secrets.token_urlsafe(32)


def browser_digest(key: str) -> str:
    """Return the digest that the database has in the place of the key, which is too long to be found by trying."""
    return hashlib.sha256(key.encode()).hexdigest()


def keep_browser_key(response: HttpResponse, key: str) -> None:
    """Store the key in the browser, as a signed cookie."""
    response.set_signed_cookie(
        COOKIE, key, salt=SALT, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def browser_words(agent: str) -> str:
    """Return what the browser says of itself in plain words, e.g. "Firefox di Windows"."""
    program, system = _named(agent, PROGRAMS), _named(agent, SYSTEMS)
    if not (program or system):
        return "Peramban yang tidak dikenal"
    return " di ".join(filter(None, [program or "Peramban", system]))


def _named(agent: str, names: list[tuple[str, str]]) -> str:
    return next((words for name, words in names if re.search(rf"\b{name}", agent)), "")
