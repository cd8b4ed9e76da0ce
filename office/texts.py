"""Tidy text that people type, paste and send in files. Every form field, file reader and exporter uses this module."""

import re
import sys
import unicodedata

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, invisible format marks, broken halves of characters, line marks
LOOK_EMPTY = {
    "\u034f",  # joins letters and shows nothing itself
    "\u115f", "\u1160", "\u3164", "\uffa0",  # Hangul fillers: letters that show nothing
    "\u17b4", "\u17b5",  # Khmer vowels that show nothing
    *map(chr, range(0x180B, 0x1810)), *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0)),  # variants
}  # fmt: skip
NO_CHARACTERS = {chr(plane + end) for plane in range(0, sys.maxunicode, 0x10000) for end in (0xFFFE, 0xFFFF)}
NO_CHARACTERS |= set(map(chr, range(0xFDD0, 0xFDF0)))
BLANK = "\u2800"
"""The Braille pattern without dots. It looks like a space, but Unicode does not count it as one."""
NOT_STORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tidy_paragraphs(text: str) -> str:
    """Return the text trimmed, with \\n as line end, composed characters (NFC) and no invisible characters.

    Tabs and no-break spaces become spaces. A text of invisible characters becomes "".
    """
    if not text.isascii() or not text.isprintable():  # nearly every answer is one line of ASCII
        text = unicodedata.normalize("NFC", "\n".join(map(_seen, text.replace("\t", " ").splitlines())))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _seen(line: str) -> str:
    return "".join(filter(None, map(_seen_character, line)))


def _seen_character(character: str) -> str:
    """Return the character, a space for any kind of blank, or "" for a character that shows nothing."""
    category = unicodedata.category(character)
    if category == "Zs" or character == BLANK:
        return " "
    return "" if category in UNSEEN or character in LOOK_EMPTY or character in NO_CHARACTERS else character


def tidy_line(text: str) -> str:
    """Return the text tidied by tidy_paragraphs, on one line with single spaces."""
    return " ".join(tidy_paragraphs(text).split())


def storable(text: str) -> str:
    """Return the text without the characters that PostgreSQL or XML (a workbook) cannot hold. The rest is unchanged."""
    return NOT_STORABLE.sub("", text)


def text_lines(text: str) -> list[str]:
    """Return the lines that are not empty, without blanks at their ends."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def separator_of(first_line: str) -> str:
    """Return the separator of a CSV file: the semicolon when its first line has more of it than commas."""
    return ";" if first_line.count(";") > first_line.count(",") else ","


def with_full_stop(text: object) -> str:
    """Return a sentence with its full stop. One that ends with a title, such as "M.Si.", has it already."""
    words = str(text)
    return words if words.endswith(".") else f"{words}."


def with_name(sentence: str, name: object) -> str:
    """Return the sentence with the name in place of `{}`. A name such as "PT Contoh Tbk." brings its own full stop.

    The name is never read for braces.
    """
    words = str(name)
    return (sentence.replace("{}.", "{}") if words.endswith(".") else sentence).replace("{}", words)
