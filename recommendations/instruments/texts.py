"""Recognise telephone numbers and e-mail addresses in the answers of a form, and write lists."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PHONE_WORDS = {"ext", "ekst", "pesawat", "psw", "hp", "wa", "tel", "telp", "fax", "faks"}
NOT_IN_PHONE = re.compile(r"[^0-9+()\s/,;:.-]")
WORD = re.compile(r"[^\W\d_]+")
"""Letters of any alphabet, without digits."""
LONGEST_LISTED = 60
"""Characters of one word in a list; the rest is cut, because a typed region may be as long as a page."""
EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)*\.[A-Za-z]{2,}")


def is_phone(text: str) -> bool:
    """Return whether the text is digits with spaces, punctuation and words like "ext", and has at least one digit."""
    words = {word.lower() for word in WORD.findall(text)}
    without_words = WORD.sub("", text)
    return words <= PHONE_WORDS and not NOT_IN_PHONE.search(without_words) and any(map(str.isdigit, without_words))


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None


def listed(words: Sequence[object], *, most: int = 10) -> str:
    """Return the words as a list: "1", "1 dan 3", "1, 2, dan 3".

    More than `most` words: the first ones and the number of the others. Empty when there are no words.
    """
    told = [str(word)[:LONGEST_LISTED] for word in words[:most]]
    if len(words) > most:
        told.append(f"{len(words) - most} lainnya")
    if len(told) < 3:
        return " dan ".join(told)
    return f"{', '.join(told[:-1])}, dan {told[-1]}"


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value of JSON, also those inside of lists and tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def character_name(character: str) -> str:
    """Return how a character is named on a screen, which may not show it either: "☃ (U+2603)"."""
    return f"{character} (U+{ord(character):04X})"
