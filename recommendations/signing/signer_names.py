"""Compare the name in a certificate with the name under a letter: certificates have no titles, often only capitals."""

import unicodedata
from collections.abc import Iterable

from recommendations.uploads.signatures import Signature

TITLES = frozenset(("apt", "dr", "dra", "drg", "drh", "drs", "h", "hj", "ir", "kh", "ns", "prof"))
"""Titles before a name, in small letters without their dot. Those behind it follow a comma."""


def is_signed_by(person: str, signatures: Iterable[Signature]) -> bool:
    """Return whether one of the signatures has the name of the person."""
    return any(is_name_of(one.signer, person) for one in signatures)


def is_name_of(signer: str, person: str) -> bool:
    """Return whether the two names can be of one person.

    Titles, capitals, accents and order do not count. Each word of the shorter name must be in the longer one, and an
    abbreviation (`M`, `Muh.`) stands for a word that begins with it. One word alone is the name of a person of one
    word only. A signer without a name is nobody.
    """
    shorter, longer = sorted((_words(signer), _words(person)), key=len)
    if not shorter or len(shorter) == 1 < len(longer):
        return False
    return bool(set(shorter) & set(longer)) and all(_take(word, longer) for word in shorter)


def _words(name: str) -> list[str]:
    """Return the words of a name without titles, the longest first; an abbreviation keeps its dot."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0])
    words = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().replace(".", ". ").split()
    return sorted((word for word in words if not _is_title(word)), key=len, reverse=True)


def _is_title(word: str) -> bool:
    return word.removesuffix(".") in TITLES and (word.endswith(".") or len(word) > 1)


def _take(word: str, words: list[str]) -> bool:
    """Remove from `words` the one that `word` is or stands for, and return whether there was one."""
    for other in sorted(words, key=lambda one: one != word):
        if word == other or _stands_for(word, other) or _stands_for(other, word):
            words.remove(other)
            return True
    return False


def _stands_for(short: str, word: str) -> bool:
    """Return whether `short` is an abbreviation of `word`: one letter, or letters with a dot."""
    letters = short.removesuffix(".")
    return bool(letters) and (len(letters) == 1 or short.endswith(".")) and word.startswith(letters)
