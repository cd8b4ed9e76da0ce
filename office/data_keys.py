"""Keys for what the database keeps, made from DATA_KEYS of the environment: one for each purpose.

They are apart from SECRET_KEY, because a new SECRET_KEY only signs all users out.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_LENGTH = 32
"""Bytes: as many as SHA-256 gives (RFC 5869)."""


def purpose_key(purpose: str) -> bytes:
    """Return the key of this purpose, made from the first of DATA_KEYS. No purpose's key tells that of another."""
    return _derived(settings.DATA_KEYS[0], purpose)


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose.encode()).derive(secret.encode())


def keyed_digest(purpose: str, text: str) -> str:
    """Return the digest of `text`, 64 hexadecimal figures. Without the key no short text can be found by trying."""
    return hmac.new(purpose_key(purpose), text.encode(), hashlib.sha256).hexdigest()


def seal(purpose: str, text: str) -> str:
    """Return `text` encrypted with the first of DATA_KEYS, for what must be read again."""
    return _sealer(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """Return what `seal` got, also when a newer key was put before its key. Raise InvalidToken for anything else."""
    return _sealer(purpose).decrypt(sealed.encode()).decode()


def _sealer(purpose: str) -> MultiFernet:
    keys = (_derived(secret, f"seal {purpose}") for secret in settings.DATA_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
