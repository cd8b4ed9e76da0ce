"""Compare the name in a certificate with the name under a letter: certificates have no titles, often only capitals."""

import unicodedata

TITLES = frozenset(("apt", "dr", "dra", "drg", "drh", "drs", "h", "hj", "ir", "kh", "ns", "prof"))
"""Titles before a name, in small letters without their dot. Titles after a name need no list: a comma begins them."""
SPELLINGS = {
    **dict.fromkeys(
        ("muh", "moh", "mhd", "md", "moch", "much", "mohammad", "mohamad", "muhamad", "mochammad"), "muhammad"
    ),
    "abd": "abdul",
}
"""Usual abbreviations and spellings of names, each with the spelling that is compared instead."""
APOSTROPHES = str.maketrans("-", " ", "'’‘ʼ`´")


def is_name_of(signer: str, person: str) -> bool:
    """Return whether the two names can be of one person.

    Titles, capitals, accents and order do not count. Each word of the shorter name must be in the longer one, and an
    abbreviation (`M`, `Muh.`) is as good as a word that begins with it. A name of one word fits only a name of one
    word. A signer without a name fits no person.
    """
    shorter, longer = sorted((_words(signer), _words(person)), key=len)
    if not shorter or len(shorter) == 1 < len(longer):
        return False
    return bool(set(shorter) & set(longer)) and all(_take(word, longer) for word in shorter)


def _words(name: str) -> list[str]:
    """Return the words of a name without titles, the longest first; an abbreviation keeps its dot."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0].translate(APOSTROPHES))
    words = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().replace(".", ". ").split()
    return sorted((_spelled(word) for word in words if not _is_title(word)), key=len, reverse=True)


def _spelled(word: str) -> str:
    return SPELLINGS.get(word.removesuffix("."), word)


def _is_title(word: str) -> bool:
    return word.removesuffix(".") in TITLES and (word.endswith(".") or len(word) > 1)


def _take(word: str, words: list[str]) -> bool:
    """Remove from `words` the word that is `word`, or that one of the two abbreviates. Return whether there was one."""
    for other in sorted(words, key=lambda one: one != word):
        if word == other or _stands_for(word, other) or _stands_for(other, word):
            words.remove(other)
            return True
    return False


def _stands_for(short: str, word: str) -> bool:
    """Return whether `short` is an abbreviation of `word`: one letter, or letters with a dot."""
    letters = short.removesuffix(".")
    return bool(letters) and (len(letters) == 1 or short.endswith(".")) and word.startswith(letters)
