"""Whether the address of the desk may be printed: a letter carries it for as long as the paper lasts."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from office.models import Office


def address_problem(office: Office) -> str:
    """Return why no letter can be issued with the office's address of the web; "" when letters can be issued.

    An office of examples prints CONTOH on its letters, so it may keep the address of its own machine.
    """
    if office.is_example or leads_here(office.public_url):
        return ""
    return (
        f"Surat belum dapat diterbitkan: alamat web loket masih {office.public_url}, dan alamat itu tercetak pada "
        "surat untuk seterusnya. Admin mengisinya pada Profil kantor, diawali https://."
    )


def leads_here(url: str) -> bool:
    """Return whether other machines can reach the address, and only over TLS."""
    return urlsplit(url).scheme == "https" and not is_this_machine(url)


def is_this_machine(url: str) -> bool:
    """Return whether only this machine can reach the address, e.g. http://localhost:8000. True also without a host."""
    host = urlsplit(url).hostname or ""
    if host in {"", "localhost"} or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
