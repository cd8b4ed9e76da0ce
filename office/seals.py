"""A page sends back, signed, what it showed, so that no person acts on other facts than those that were read."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Self

from django.core import signing

from office.refusals import Refused

TOO_OLD = "Halaman ini sudah terlalu lama terbuka."
"""Begins the sentence for a page that did not say what it showed."""


class MovedOn(Refused):
    """Raised when something is not any more as the page showed it. `changes` has a sentence for each change."""

    def __init__(self, changes: list[str]):
        self.changes = changes
        super().__init__(" ".join(changes))


@dataclass(frozen=True)
class Shown:
    """What a page showed; each kind of page adds its fields. It is empty when the page sent nothing readable."""

    def sealed(self) -> str:
        """Return it as signed text, for a hidden field."""
        return signing.dumps(asdict(self), salt=_salt(type(self)))

    @classmethod
    def unsealed(cls, text: str) -> Self:
        """Return what `sealed` wrote as `text`. Any other text gives an empty one."""
        try:
            return cls(**signing.loads(text, salt=_salt(cls)))
        except (signing.BadSignature, TypeError):
            return cls()


def _salt(kind: type[Shown]) -> str:
    """Return the app and the name of the kind, so that a page of one kind cannot send what another kind showed."""
    return f"{kind.__module__.partition('.')[0]}.{kind.__name__}"


def fingerprint_of(words: object) -> str:
    """Return a short code of `words`, any value that JSON can hold. Different words have different codes."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:16]
