"""Keys for what the database keeps, made from DATA_KEYS of the environment: one for each purpose.

They are apart from SECRET_KEY, because a new SECRET_KEY only signs all users out.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_LENGTH = 32
"""Bytes: as many as SHA-256 gives (RFC 5869)."""


def purpose_key(purpose: str) -> bytes:
    """Return the key of this purpose, made from the first of DATA_KEYS. No purpose's key tells that of another."""
    secret = settings.DATA_KEYS[0].encode()
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose.encode()).derive(secret)


def keyed_digest(purpose: str, text: str) -> str:
    """Return the digest of `text`, 64 hexadecimal figures. Without the key no short text can be found by trying."""
    return hmac.new(purpose_key(purpose), text.encode(), hashlib.sha256).hexdigest()
