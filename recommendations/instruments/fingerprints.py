"""What an answer was, in sixteen signs: how a page tells which answer it showed. Pure."""

import hashlib
import json
from typing import Any

from recommendations.instruments.structure import Item
from recommendations.instruments.values import BadAnswer, clean


def fingerprint(item: Item, value: Any) -> str:
    """Equal for equal answers, however they were typed."""
    try:
        value = clean(item, value)
    except BadAnswer:
        value = {"as typed": value}
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
