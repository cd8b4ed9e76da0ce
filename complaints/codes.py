"""The code of a complaint. A person who knows it may read the conversation and write in it. Pure."""

import secrets

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, O, 1, I, L
CODE_SIZE, GROUP = 16, 4
LEAST_SEARCHED = 4
"""A search needs so many characters, so that one letter does not list everything."""


def new_code() -> str:
    """Return a random code for a complaint: 16 characters, about 79 bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_SIZE))


def in_groups(code: str) -> str:
    """Return the code in groups of four, e.g. `7KQF-M2XD-9RTA-C4WH`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed_code(text: str) -> str:
    """Return what a person typed as a code, or as its beginning: capitals without signs. "" when it can be none."""
    found = "".join(sign for sign in text.upper() if sign.isalnum())
    return found if len(found) <= CODE_SIZE and set(found) <= set(CODE_LETTERS) else ""
