"""Typed text made clean: no control characters, no stray spaces; and what a phone number or an email looks like."""

import re
import unicodedata
from collections.abc import Sequence

UNSEEN = {"Cc", "Cf", "Cs"}  # control, invisible format marks (soft hyphens of a PDF), broken halves of characters
NO_CHARACTERS = "\ufffe\uffff"  # XML forbids them, so no workbook can hold them
PHONE_WORDS = {"ext", "ekst", "pesawat", "psw", "hp", "wa", "tel", "telp", "fax", "faks"}
NOT_IN_PHONE = re.compile(r"[^0-9+()\s/,;:.-]")
WORD = re.compile(r"[^\W\d_]+")
LONGEST_LISTED = 60
"""Signs of one word in a list: a region may be typed as long as a page."""
EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)*\.[A-Za-z]{2,}")


def tidy_paragraphs(text: str) -> str:
    """Trimmed, line ends as \\n, composed characters (NFC), without anything unseen."""
    if text.isprintable():  # one line without anything unseen, as nearly every answer is
        return unicodedata.normalize("NFC", text).strip()
    seen = "\n".join(map(_seen, text.replace("\t", " ").splitlines()))
    composed = unicodedata.normalize("NFC", seen)
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip()


def _seen(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(sign for sign in line if unicodedata.category(sign) not in UNSEEN and sign not in NO_CHARACTERS)


def tidy_line(text: str) -> str:
    """As tidy_paragraphs, on one line with single spaces."""
    return " ".join(tidy_paragraphs(text).split())


def is_phone(text: str) -> bool:
    """Digits, the signs among them, and words like "ext"; one digit at least."""
    words = {word.lower() for word in WORD.findall(text)}
    without_words = WORD.sub("", text)
    return words <= PHONE_WORDS and not NOT_IN_PHONE.search(without_words) and any(map(str.isdigit, without_words))


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None


def listed(words: Sequence[object], *, most: int = 10) -> str:
    """ "1", "1 dan 3", "1, 2, dan 3"; of more than `most` the first ones and how many there are besides."""
    told = [str(word)[:LONGEST_LISTED] for word in words[:most]]
    if len(words) > most:
        told.append(f"{len(words) - most} lainnya")
    if len(told) < 3:
        return " dan ".join(told)
    return f"{', '.join(told[:-1])}, dan {told[-1]}"
