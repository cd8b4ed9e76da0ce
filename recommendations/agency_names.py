"""Decides whether two spellings name the same body: only letters and digits are compared."""

import unicodedata

KEY_LENGTH = 200
PLACES = ("kota", "kabupaten", "provinsi")
"""Words that may follow the name of a body: "Dinas Sosial Kota Banjarmasin", "... Provinsi Kalimantan Selatan"."""

FIRST_WORDS = ("dinas", "badan", "bagian", "kecamatan", "kelurahan")
"""First words of a name that are also kinds of agency."""


def name_key(name: str) -> str:
    """Return the key by which a name is looked up. Case, spaces, dots and other signs do not count; "&" is "dan".

    Return "" for a name without a letter or a digit. The key has at most KEY_LENGTH signs.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", "dan")
    return "".join(sign for sign in plain if sign.isalnum())[:KEY_LENGTH]


def kind_in(name: str) -> str:
    """Return the kind of agency that the first word of the name gives; "lainnya" when it gives none."""
    first = name.split(maxsplit=1)[0].casefold() if name.split() else ""
    return first if first in FIRST_WORDS else "lainnya"
