"""Says whether the words of an object are written as the standard says (ISO 32000-1, 7.2 and 7.3), and no other way.

Programs differ over what is not: a comment, `>` for `>>`, a number with many digits, a sign glued to a word. One
program leaves it out, another one ends the object there, a third searches the whole file for objects.
"""

import re

END = rb"(?![^ \t\r\n()<>\[\]/])"
"""Behind a word is white space, the beginning of the next one, or nothing."""
NAME = rb"/(?:[^\x00-\x20()<>\[\]{}/%#\x7f-\xff]|#[0-9A-Fa-f]{2})++"
NUMBER = rb"[+-]?(?:\d{1,10}(?:\.\d{0,20})?|\.\d{1,20})"
LETTERS = rb"[^()\\]|\\[\x00-\xff]"
IN_BRACKETS = rb"\((?:%s|\((?:%s)*+\))*+\)" % (LETTERS, LETTERS)
TEXT = rb"\((?:%s|%s)*+\)" % (LETTERS, IN_BRACKETS)
"""Brackets in a text come in pairs, here in three levels at most."""
HEXADECIMAL = rb"<[0-9A-Fa-f \r\n]*+>"
REFERENCE = rb"[1-9]\d{0,8} 0 R"
PLAIN = re.compile(
    rb"(?:[ \t\r\n]++|<<|>>|[\[\]]|(?:%s|%s|%s|true|false|null)%s|%s|%s)*+"
    % (NAME, REFERENCE, NUMBER, END, TEXT, HEXADECIMAL)
)


def is_plain_text(text: bytes) -> bool:
    """Return whether these words of an object, without the content of a stream, have the exact form."""
    return PLAIN.fullmatch(text) is not None
