"""Tidy typed text (no control characters, no extra spaces), and recognise telephone numbers and e-mail addresses."""

import re
import unicodedata
from collections.abc import Sequence

UNSEEN = {"Cc", "Cf", "Cs"}  # control, invisible format marks (soft hyphens of a PDF), broken halves of characters
NO_CHARACTERS = "\ufffe\uffff"  # XML forbids them, so no workbook can hold them
PHONE_WORDS = {"ext", "ekst", "pesawat", "psw", "hp", "wa", "tel", "telp", "fax", "faks"}
NOT_IN_PHONE = re.compile(r"[^0-9+()\s/,;:.-]")
WORD = re.compile(r"[^\W\d_]+")
LONGEST_LISTED = 60
"""Characters of one word in a list; the rest is cut, because a typed region may be as long as a page."""
EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)*\.[A-Za-z]{2,}")


def tidy_paragraphs(text: str) -> str:
    """Return the text trimmed, with \\n as line end, composed characters (NFC) and no invisible characters."""
    if text.isprintable():  # nearly every answer is one line without invisible characters
        return unicodedata.normalize("NFC", text).strip()
    seen = "\n".join(map(_seen, text.replace("\t", " ").splitlines()))
    composed = unicodedata.normalize("NFC", seen)
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip()


def _seen(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(sign for sign in line if unicodedata.category(sign) not in UNSEEN and sign not in NO_CHARACTERS)


def tidy_line(text: str) -> str:
    """Return the text tidied by tidy_paragraphs, on one line with single spaces."""
    return " ".join(tidy_paragraphs(text).split())


def is_phone(text: str) -> bool:
    """Return whether the text is digits with spaces, signs and words like "ext", and has at least one digit."""
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
