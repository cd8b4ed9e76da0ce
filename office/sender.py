"""Which address the office's mails come from."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.utils.encoding import punycode

from office.models import Office

PLACEHOLDERS = ("localhost", "localdomain", "local", "invalid", "test", "example")
"""Domains that no mail server on the internet delivers to (RFC 2606, RFC 6761)."""


def sender(office: Office) -> str:
    """Return the sender of every mail: MAIL_FROM of the server when it is set, else the office's own address."""
    return str(settings.MAIL_FROM) or formataddr((f"PST {office.name}", office.email))


def domain_of(address: str) -> str:
    """Return the domain of "Name <user@domain>" as mail servers write it, or "localhost" when it has none."""
    return punycode(parseaddr(address)[1].rpartition("@")[2].strip().lower()) or "localhost"


def is_placeholder(address: str) -> bool:
    """Return whether the address has a domain that cannot receive mail, e.g. `pst@localhost` or `pst@example.go.id`."""
    domain = domain_of(address)
    return "." not in domain or domain.rpartition(".")[2] in PLACEHOLDERS or domain.startswith("example.")


def placeholder_sender(office: Office) -> bool:
    """Return whether the office's mails come from a placeholder, so that most servers refuse them."""
    return is_placeholder(sender(office))
