"""Giving out the secret link of a calendar, and taking it back."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from office.models import User
from reports.models import FeedLink

SECRET_BYTES = 32
"""Nobody finds one of 2^256 by trying; a wrong one costs one look into an index."""


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: User) -> str:
    """A new link for `by`; the one before it counts no more. Returns the secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    fresh = {"digest": digest_of(secret), "made_at": timezone.now(), "revoked_at": None}
    FeedLink.objects.update_or_create(user=by, defaults=fresh)
    return secret


def revoke_link(*, by: User) -> bool:
    """Take the link of `by` back; False when there was none."""
    return bool(FeedLink.objects.filter(user=by, revoked_at=None).update(revoked_at=timezone.now()))
