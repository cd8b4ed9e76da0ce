"""When two spellings name the same body: compared by letters and digits alone."""

import unicodedata

KEY_LENGTH = 200
PLACES = ("kota", "kabupaten", "provinsi")
"""What may follow the name of an apparatus: "Dinas Sosial Kota Banjarmasin", "... Provinsi Kalimantan Selatan"."""

FIRST_WORDS = ("dinas", "badan", "bagian", "kecamatan", "kelurahan")
"""Kinds of agencies that a name begins with."""


def name_key(name: str) -> str:
    """What a name is looked up by: case, spaces, dots and other signs do not count, "&" is "dan".

    "" for a name without a letter or a digit; never longer than KEY_LENGTH.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", "dan")
    return "".join(sign for sign in plain if sign.isalnum())[:KEY_LENGTH]


def kind_in(name: str) -> str:
    """The kind of body that the first word tells, "lainnya" when it tells none."""
    first = name.split(maxsplit=1)[0].casefold() if name.split() else ""
    return first if first in FIRST_WORDS else "lainnya"
