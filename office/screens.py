"""Which screen an address belongs to. Every screen has its own error pages (office/errors.py). Pure."""

from enum import StrEnum


class Screen(StrEnum):
    """A kind of screen, with the people before it."""

    KIOSK = "kiosk"
    TABLET = "tablet"
    BOARD = "board"
    TELEPHONE = "telephone"
    DESK = "desk"


RATING = "/nilai/"
TABLET_PAGES = {RATING, f"{RATING}keadaan/"}
PUBLIC = (
    # the beginning of the address, its screen; the longest beginning counts, so the exceptions need no order
    ("/kios/", Screen.KIOSK),
    ("/papan/", Screen.BOARD),
    (RATING, Screen.TABLET),
    ("/antrian/", Screen.TELEPHONE),
    ("/lacak/", Screen.TELEPHONE),
    ("/pengaduan/", Screen.TELEPHONE),
    ("/unduh/", Screen.TELEPHONE),
    ("/foto/", Screen.TELEPHONE),
    ("/e-mail/", Screen.TELEPHONE),
    ("/s/", Screen.TELEPHONE),
    ("/standar-pelayanan/", Screen.TELEPHONE),
    ("/templat/", Screen.TELEPHONE),
    ("/pasang/", Screen.TELEPHONE),
    ("/kalender/tenggat/", Screen.TELEPHONE),
    ("/masuk/", Screen.DESK),
    ("/kantor/login/", Screen.DESK),
    ("/kesehatan/", Screen.DESK),
)
"""Every address that opens without a sign-in. All others belong to the desk."""
OF_STAFF = ("/standar-pelayanan/ubah/",)
"""The beginnings of the addresses below a public page that belong to the desk."""


def public_screen(path: str, *, has_device: bool = False) -> Screen | None:
    """Return the screen of an address that opens without a sign-in, or None for any other address.

    A page to rate belongs to the tablet when the browser is a paired device, otherwise to the visitor's telephone.
    """
    start, screen = _listed(path)
    if start == RATING and path not in TABLET_PAGES and not has_device:
        return Screen.TELEPHONE
    return screen


def is_for_visitors(path: str) -> bool:
    """Return whether the address belongs to a screen of visitors, which never leads to the sign-in of staff."""
    return _listed(path)[1] not in (None, Screen.DESK)


def first_page(path: str) -> str:
    """Return the page that `path` belongs to: `/lacak/TOKEN/` for `/lacak/TOKEN/kirim/`. Empty for other addresses."""
    start, screen = _listed(path)
    token, slash, _ = path.removeprefix(start).partition("/")
    return f"{start}{token}{slash}" if screen else ""


def _listed(path: str) -> tuple[str, Screen | None]:
    if path.startswith(OF_STAFF):
        return "", None
    found = [(start, screen) for start, screen in PUBLIC if path.startswith(start)]
    return max(found, key=lambda one: len(one[0]), default=("", None))
