"""Decides whether two spellings name the same body: only letters and digits are compared."""

import unicodedata

KEY_LENGTH = 200
PLACES = ("kota", "kabupaten", "provinsi")
"""Words that may follow the name of a body: "Dinas Sosial Kota Banjarmasin", "... Provinsi Kalimantan Selatan"."""

FIRST_WORDS = ("dinas", "badan", "bagian", "kecamatan", "kelurahan")
"""First words of a name that are also kinds of agency."""

HEADS = {
    "akademi": "Direktur",
    "dprd": "Ketua",
    "inspektorat": "Inspektur",
    "institut": "Rektor",
    "kecamatan": "Camat",
    "kelurahan": "Lurah",
    "komisi": "Ketua",
    "pengadilan": "Ketua",
    "perumda": "Direktur",
    "politeknik": "Direktur",
    "pt": "Direktur",
    "rsud": "Direktur",
    "rumah sakit": "Direktur",
    "sekolah tinggi": "Ketua",
    "sekretariat": "Sekretaris",
    "uin": "Rektor",
    "universitas": "Rektor",
}
"""What the head of a body is called, by the first words of its name. The head of any other body is its Kepala."""
IN_PLACE_OF_THE_BODY = {"inspektorat", "kecamatan", "kelurahan", "sekretariat"}
"""Camat Banjarmasin Timur is the head of Kecamatan Banjarmasin Timur; but Rektor Universitas Lambung Mangkurat."""


def name_key(name: str) -> str:
    """Return the key by which a name is looked up. Case, spaces and punctuation do not count; "&" is "dan".

    Return "" for a name without a letter or a digit. The key has at most KEY_LENGTH characters.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", "dan")
    return "".join(character for character in plain if character.isalnum())[:KEY_LENGTH]


def kind_in(name: str) -> str:
    """Return the kind of agency that the first word of the name gives; "lainnya" when it gives none."""
    first = name.split(maxsplit=1)[0].casefold() if name.split() else ""
    return first if first in FIRST_WORDS else "lainnya"


def suggested_addressee(name: str) -> str:
    """Return how the head of a body is addressed in a letter: "Kepala Dinas Sosial", "Camat Banjarmasin Timur"."""
    words = " ".join(name.split())
    for first, head in HEADS.items():
        if f"{words.casefold()} ".startswith(f"{first} "):
            body = words[len(first) :].strip() if first in IN_PLACE_OF_THE_BODY else words
            return f"{head} {body}".strip()
    return f"Kepala {words}"
