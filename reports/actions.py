"""Make and revoke the secret link of a calendar feed."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from office.models import User
from reports.models import FeedLink

SECRET_BYTES = 32
"""256 bits cannot be guessed, and a wrong guess costs one index look-up."""


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret; only this is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: User) -> str:
    """Make a new link for `by` and invalidate the earlier one. Return the secret, which is not stored."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    fresh = {"digest": digest_of(secret), "made_at": timezone.now(), "revoked_at": None}
    FeedLink.objects.update_or_create(user=by, defaults=fresh)
    return secret


def revoke_link(*, by: User) -> bool:
    """Revoke the link of `by`. Return False when there is none."""
    return bool(FeedLink.objects.filter(user=by, revoked_at=None).update(revoked_at=timezone.now()))
