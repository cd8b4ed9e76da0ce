"""Find the names of actions in the bytes of a PDF, also in objects that our reader skips.

Programs disagree on which objects of a damaged or crafted file count. A program that shows PDFs begins to read after
the word `obj` or `trailer`, so this module reads after each of these words (ISO 32000-1, 7.2 and 7.3).
"""

import re
from collections.abc import Iterator

START = re.compile(rb"(?<![A-Za-z])(?:obj|trailer)(?![A-Za-z])")
TOKEN = re.compile(
    rb"[(%]|/[^\x00\s()<>\[\]{}/%]+|<<|>>(?:\s*stream(?=[\r\n]))?|(?<![A-Za-z])(?:obj|endobj|trailer)(?![A-Za-z])"
)
LINE = re.compile(rb"[^\r\n]*")
IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def names_in(pdf: bytes, wanted: frozenset[bytes]) -> set[bytes]:
    """Return those of the wanted names that a reader could find in this file, outside of texts and bodies of streams.

    The wanted names have no slash.
    """
    if not _may_have(pdf, wanted):
        return set()
    return {name for name in map(_plain, _all_names(pdf)) if name in wanted}


def _may_have(pdf: bytes, wanted: frozenset[bytes]) -> bool:
    """Return whether the bytes of a wanted name are anywhere, texts included. Few files have one."""
    letters = rb"|".join(rb"".join(_written(sign) for sign in name) for name in sorted(wanted))
    return re.search(rb"/(?:%s)(?![A-Za-z])" % letters, pdf) is not None


def _written(sign: int) -> bytes:
    """Return a pattern for one sign of a name: itself, or `#` and its number in hexadecimal."""
    return rb"(?:%c|#(?i:%02x))" % (sign, sign)


def _plain(name: bytes) -> bytes:
    """Return the name without its slash and without escapes."""
    return ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), name[1:])


def _all_names(pdf: bytes) -> Iterator[bytes]:
    """Yield the names of all objects, as written. What was read from one start is not read again from another.

    An object ends where its dictionary ends: some readers pass over the word `endobj` or a stream in a dictionary.
    """
    deepest: dict[int, int] = {}
    for start in START.finditer(pdf):
        place, depth = start.end(), 0
        while (token := TOKEN.search(pdf, place)) and depth > deepest.get(token.start(), -1):
            deepest[token.start()] = depth
            word = token[0]
            place = token.end()
            depth = max(0, depth + {b"<<": 1, b">>": -1}.get(word[:2], 0))
            if word in PASSED_OVER:
                place = PASSED_OVER[word](pdf, token.end())
            elif word.startswith(b"/"):
                yield word
            elif not depth and word not in (b"<<", b">>"):  # the end of this object; another start reads on
                break


def _end_of_text(pdf: bytes, place: int) -> int:
    """Return where the text ends whose bracket is before `place`. Brackets inside it come in pairs or are escaped."""
    depth = 1
    for sign in IN_TEXT.finditer(pdf, place):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if not depth:
            return sign.end()
    return len(pdf)


def _end_of_comment(pdf: bytes, place: int) -> int:
    line = LINE.match(pdf, place)
    return line.end() if line else place


PASSED_OVER = {b"(": _end_of_text, b"%": _end_of_comment}
"""What begins with this sign has no names: where it ends, when it begins before the place given."""
