"""What a message of our queues looks like. Celery ends its worker at a message of another shape.

A message is an envelope of Kombu. Its body is a task in Celery's second protocol, or a command of remote control. Our
tasks take plain values only, and none starts another one.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from celery.app.task import Context
from kombu.utils.json import loads

LARGEST = 256 * 1024
"""In bytes. Our messages are under 64 KB, because a task takes ids."""
DAY = 24 * 60 * 60
MOST_RETRIES = 1000
CENTURIES = range(2000, 2200)
"""The years in which a task may start or expire: a moment outside of them can have no local time."""

_Kind = Callable[[Any], bool]


class NoMessage(ValueError):
    """Bytes in a queue that are no message of ours."""


def queue_message_in(content: bytes) -> dict[str, Any]:
    """Return the message that is written in these bytes. Raise NoMessage when a worker could not take it."""
    if len(content) > LARGEST:
        raise NoMessage(f"It is larger than {LARGEST} bytes.")
    try:
        message: dict[str, Any] = loads(content)
        fits = _fits(message, ENVELOPE) and message.keys() <= ENVELOPE.keys() and _has_a_fitting_body(message)
    except Exception as problem:  # noqa: BLE001 - what others wrote can be wrong in any way
        raise NoMessage(f"It cannot be read ({type(problem).__name__}).") from None
    if not fits:
        raise NoMessage("It has another shape.")
    return message


def _has_a_fitting_body(message: dict[str, Any]) -> bool:
    """Return whether the body is a task, or a command of remote control, and the headers fit it."""
    headers, body = message["headers"], loads(b64decode(message["body"]))
    for part in (message, body):
        json.dumps(part, ensure_ascii=False).encode()  # raises for a lone surrogate, which no queue can store
    if "task" in headers:
        return _are_headers_of_a_task(headers) and _is_body_of_a_task(body)
    return _fits(headers, {}) and isinstance(body, dict) and "task" not in body


def _are_headers_of_a_task(headers: dict[str, Any]) -> bool:
    """Return whether the headers fit. One that has the name of a part of Celery's request would replace that part."""
    return _fits(headers, HEADERS) and not any(hasattr(Context, name) for name in headers.keys() - HEADERS.keys())


def _is_body_of_a_task(body: Any) -> bool:
    """Return whether it is `[args, kwargs, embed]`."""
    if not isinstance(body, list) or len(body) != len(("args", "kwargs", "embed")):
        return False
    args, kwargs, embed = body
    return isinstance(args, list) and all(map(_is_plain, args)) and _fits(kwargs, {}) and _is_empty_embed(embed)


def _is_empty_embed(embed: Any) -> bool:
    """Return whether no other task is to follow."""
    return isinstance(embed, dict) and embed.keys() <= FOLLOWING and not any(embed.values())


def _fits(part: Any, kinds: dict[str, _Kind]) -> bool:
    """Return whether a part is an object whose values are of these kinds. A value without a kind must be plain."""
    if not isinstance(part, dict):
        return False
    return all(kinds.get(name, _is_plain)(part.get(name)) for name in part.keys() | kinds.keys())


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and value != ""


def _is_name_or_none(value: Any) -> bool:
    return value is None or _is_name(value)


def _is_moment(value: Any) -> bool:
    """Return whether the value is None or a moment of CENTURIES. Raise ValueError for a text that is no date."""
    return value is None or (isinstance(value, str) and datetime.fromisoformat(value).year in CENTURIES)


def _is_number(value: Any, *, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def _is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int) and _is_number(value, most=MOST_RETRIES))


def _are_limits(value: Any) -> bool:
    """Return whether the value is None, or a list of the hard and the soft limit of time."""
    if value is None:
        return True
    one = all(limit is None or _is_number(limit, most=DAY) for limit in value) if isinstance(value, list) else False
    return one and len(value) == len(("hard", "soft"))


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, Collection) and not value)


def _only(word: str) -> _Kind:
    return lambda value: bool(value == word)


DELIVERY: dict[str, _Kind] = {"exchange": _is_text, "routing_key": _is_text, "consumer_tag": _is_text}
PROPERTIES: dict[str, _Kind] = {
    "delivery_tag": _is_name,
    "body_encoding": _only("base64"),
    "delivery_info": lambda value: _fits(value, DELIVERY) and {"exchange", "routing_key"} <= value.keys(),
    "priority": _is_count,
}
ENVELOPE: dict[str, _Kind] = {
    "body": _is_name,
    "headers": lambda value: isinstance(value, dict),
    "properties": lambda value: _fits(value, PROPERTIES),
    "content-type": _only("application/json"),  # so that nothing is read with pickle or YAML
    "content-encoding": _only("utf-8"),
}
HEADERS: dict[str, _Kind] = {
    "task": _is_name,
    "id": _is_name,
    **dict.fromkeys(("root_id", "parent_id", "group", "shadow", "origin", "lang"), _is_name_or_none),
    **dict.fromkeys(("argsrepr", "kwargsrepr"), _is_text),
    **dict.fromkeys(("eta", "expires"), _is_moment),
    **dict.fromkeys(("retries", "group_index", "replaced_task_nesting"), _is_count),
    **dict.fromkeys(("stamps", "stamped_headers", "compression"), _is_empty),
    "timelimit": _are_limits,
    "ignore_result": lambda value: value is None or isinstance(value, bool),
}
FOLLOWING = {"callbacks", "errbacks", "chain", "chord"}
