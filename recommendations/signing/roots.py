"""The certificates that the office trusts: a signature is trusted when its chain ends at one of them."""

from office.models import Office


def trusted_roots() -> list[bytes]:
    """Return the root certificates of the office's profile, as PEM. Empty when it has none."""
    pem = Office.objects.current().trusted_roots.strip()
    return [pem.encode()] if pem else []
