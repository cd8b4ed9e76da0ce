"""The fingerprint of an answer in sixteen characters: a page sends it back to say which answer it showed. Pure."""

import hashlib
import json
from typing import Any

from recommendations.instruments.structure import Item
from recommendations.instruments.values import BadAnswer, clean


def fingerprint(item: Item, value: Any) -> str:
    """Return the fingerprint. Equal answers have equal fingerprints, even if they were typed differently."""
    try:
        value = clean(item, value)
    except BadAnswer:
        value = {"as typed": value}
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
