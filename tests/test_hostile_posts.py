"""Ten thousand characters, wrong numbers and NUL in every field of every public page: never an error of the server."""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import healthy_office
from tests.limits import forget_counts
from tests.test_architecture import PUBLIC
from tests.test_hostile_addresses import POSTED, ours
from tests.test_permissions import arguments, rows  # noqa: F401 - pytest finds a fixture by its name here
from tests.test_text_fields import our_forms

VALUES = (
    "a" * 10_000,
    "9" * 10_000,
    "-1",
    "0",
    "00",
    str(2**31),
    str(2**63),
    "1e999",
    "NaN",
    "\0",
    "a\0b",
    "٣",
    "💣" * 999,
)
OPEN = (
    "check_letter",
    "complaints:complain",
    "complaints:follow",
    "guestbook:kiosk_identity",
    "ratings:rate",
    "recommendations:phone_upload",
    "recommendations:track",
)
NEVER_SENT = {"csrfmiddlewaretoken"}


class Names(HTMLParser):
    """The names of all fields of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if (name := dict(attrs).get("name")) and tag in {"input", "textarea", "select", "button"}:
            self.names.add(name)


@pytest.fixture(autouse=True)
def _healthy(office) -> None:
    """Make every part of the desk well, because the page for machines answers 503 otherwise."""
    healthy_office()


@pytest.fixture
def places(rows) -> dict[str, str]:  # noqa: F811 - the fixture
    """Return every public address, by its name, with the values that open it."""
    named = [(name, pattern) for name, pattern in ours() if name in PUBLIC]
    return {
        name: reverse(name, kwargs={one: arguments(name, rows)[one] for one in pattern.pattern.converters})
        for name, pattern in named
    }


def known_names() -> set[str]:
    """Return the names of the fields of all our forms, and of those that views read themselves."""
    return {name for form in our_forms() for name in form.base_fields} | POSTED.keys() | {"shown", "file", "form_token"}


def status_of(visitor: Client, path: str, sent: dict[str, str]) -> int:
    """Return the status of a POST whose changes are undone, and which no limit refuses."""
    forget_counts()
    with transaction.atomic():
        answer = visitor.post(path, sent)
        transaction.set_rollback(True)
    return answer.status_code


def fields_of(visitor: Client, path: str) -> set[str]:
    """Return the names of the fields that the page sends; none for a file."""
    content = b"".join(visitor.get(path))
    return Names(content.decode("utf-8", "replace")).names - NEVER_SENT


def test_the_pages_that_are_posted_to_open_and_have_fields(client, places):
    found = {name: client.get(path).status_code for name, path in places.items() if name in OPEN}

    assert len(places) > 38
    assert found == dict.fromkeys(OPEN, 200)
    assert [name for name in OPEN if not fields_of(client, places[name])] == []


def test_no_value_of_the_fields_of_a_public_page_ends_in_an_error(client, places):
    client.raise_request_exception = False
    names = {name: fields_of(client, path) for name, path in places.items()}
    usual, failed = known_names(), {}

    for value in VALUES:
        for name, path in places.items():
            status = status_of(client, path, dict.fromkeys(usual | names[name], value))
            failed |= {(name, value[:8]): status} if status >= 500 else {}

    assert failed == {}


def test_no_value_of_one_field_alone_ends_in_an_error(client, places):
    client.raise_request_exception = False
    sent, failed = 0, {}

    for name, path in places.items():
        for field in fields_of(client, path):
            for value in ("9" * 10_000, "a" * 10_000, "\0"):
                status = status_of(client, path, {field: value})
                sent, failed = sent + 1, failed | ({(name, field, value[:8]): status} if status >= 500 else {})

    assert sent > 100
    assert failed == {}
