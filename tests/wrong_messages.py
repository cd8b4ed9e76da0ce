"""Messages of a wrong shape, as a queue may hold them. Each once ended a worker, or could."""

import json
from base64 import b64encode
from typing import Any

COMMAND = "pst_desk.run_command"
NOTHING_FOLLOWS = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


def task_message(body: Any = None, *, headers: Any = None, **envelope: Any) -> bytes:
    """Return a message that a worker takes, unless these parts of it are wrong."""
    usual = {"task": COMMAND, "id": "1", "retries": 0, "timelimit": [None, None], "argsrepr": "[]", "kwargsrepr": "{}"}
    whole = {
        "body": encoded([[], {}, NOTHING_FOLLOWS] if body is None else body),
        "headers": usual | (headers or {}),
        "properties": properties(),
        "content-type": "application/json",
        "content-encoding": "utf-8",
    }
    return json.dumps(whole | {name.replace("_", "-"): part for name, part in envelope.items()}).encode()


def properties(**parts: Any) -> dict[str, Any]:
    where = {"exchange": "", "routing_key": "desk"}
    return {"delivery_tag": "1", "delivery_info": where, "body_encoding": "base64", "priority": 0} | parts


def encoded(body: Any) -> str:
    return b64encode(json.dumps(body).encode()).decode()


def _without(name: str) -> bytes:
    left = properties()
    del left[name]
    return task_message(properties=left)


WHOLE = {
    "empty": b"",
    "garbage": b"garbage",
    "a list": b"[1,2]",
    "null": b"null",
    "a string": b'"text"',
    "a number": b"17",
    "an empty object": b"{}",
    "no text": b"\xff\xfe\x00",
    "an endless list": b"[" * 100_000,
    "a type that does not exist": b'{"__type__": "nothing", "__value__": 1}',
    "a part that is unknown": task_message(part=[1]),
    "too large": task_message(headers={"more": "x" * 300_000}),
}
ENVELOPES = {
    "no properties": task_message(properties=None),
    "no delivery_tag": _without("delivery_tag"),
    "a delivery_tag that is a list": task_message(properties=properties(delivery_tag=["1"])),
    "a delivery_tag of half a character": task_message(properties=properties(delivery_tag="\ud800")),
    "no delivery_info": _without("delivery_info"),
    "a consumer_tag that is a list": task_message(
        properties=properties(delivery_info={"exchange": "", "routing_key": "", "consumer_tag": []})
    ),
    "an endless priority": task_message(properties=properties(priority=float("inf"))),
    "a body that is not encoded": task_message(properties=properties(body_encoding="")),
    "headers null": json.dumps(json.loads(task_message()) | {"headers": None}).encode(),
    "a compressed body": task_message(headers={"compression": "gzip"}),
    "pickle": task_message(content_type="application/x-python-serialize"),
    "YAML": task_message(content_type="application/x-yaml"),
    "plain bytes": task_message(content_type="application/data"),
    "a content type that is a list": task_message(content_type=["application/json"]),
    "an encoding that does not exist": task_message(content_encoding="none"),
}
BODIES = {
    "three numbers": task_message([1, 2, 3]),
    "two parts": task_message([[], {}]),
    "an object": task_message({"args": [], "kwargs": {}}),
    "a number": task_message(5),
    "args that are an object": task_message([{}, {}, NOTHING_FOLLOWS]),
    "args that hold a list": task_message([[[1]], {}, NOTHING_FOLLOWS]),
    "kwargs that are a list": task_message([[], [], NOTHING_FOLLOWS]),
    "an embed that is null": task_message([[], {}, None]),
    "callbacks that are a number": task_message([[], {}, NOTHING_FOLLOWS | {"callbacks": 5}]),
    "a chain of numbers": task_message([[], {}, NOTHING_FOLLOWS | {"chain": [1]}]),
    "a chord that is a string": task_message([[], {}, NOTHING_FOLLOWS | {"chord": "x"}]),
    "an embed with a part of the request": task_message([[], {}, {"delivery_info": "x"}]),
    "not JSON": json.dumps(json.loads(task_message()) | {"body": "!!"}).encode(),
    "the first protocol": json.dumps(
        json.loads(task_message({"task": COMMAND, "args": [], "kwargs": {}})) | {"headers": {}}
    ).encode(),
}
_VALUES: dict[str, list[Any]] = {
    "task": [5, ["x"], None, "a\nb"],
    "id": [5, ["x"], None],
    "eta": [5, "", [], "tomorrow", "9999-12-31T23:59:59", "0001-01-01T00:00:00"],
    "expires": [5, "", {}, "9999-12-31T23:59:59"],
    "timelimit": [5, "ab", [1], ["a", "b"], [-1, None], [1e300, None], [True, None]],
    "retries": ["many", [], -1, 1.5, 10**12],
    "argsrepr": [5, []],
    "shadow": [[1]],
    "ignore_result": ["yes"],
    "stamped_headers": [["a"], 5],
    "called_directly": [True],
    "update": [5],
    "more": [[1]],
}
HEADERS = {
    f"{name} {value!r:.20}": task_message(headers={name: value}) for name, values in _VALUES.items() for value in values
}
WRONG = {
    f"{part}: {kind}": content
    for part, kinds in {"whole": WHOLE, "envelope": ENVELOPES, "body": BODIES, "headers": HEADERS}.items()
    for kind, content in kinds.items()
}
"""By what is wrong: the bytes."""
