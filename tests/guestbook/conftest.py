import uuid
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from guestbook import actions
from guestbook.models import Visit
from office.models import Counter, User
from tests.factories import VisitFactory


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """Set the clock to 09.00.10 WITA on a Monday and stop it, so that no minute ends within the test."""
    with time_machine.travel("2026-11-23T01:00:10Z", tick=False) as clock:
        yield clock


@pytest.fixture
def identity() -> dict[str, str]:
    """Return the data that a visitor of the service R types at the kiosk."""
    return {
        "name": "Budi Contoh",
        "agency": "Dinas Contoh",
        "position": "Analis Data",
        "phone": "0812-0000-0007",
        "email": "budi@contoh.example",
        "form_token": str(uuid.uuid4()),
    }


@pytest.fixture
def draw(client: Client, office, identity: dict[str, str]) -> Callable[..., Visit]:
    """Return `draw`, so that `draw(name="Sari Contoh")` draws a number at the kiosk."""

    def drawn(prefix: str = "R", **facts: str) -> Visit:
        typed = identity | {"form_token": str(uuid.uuid4())} | facts
        answer = client.post(f"/kios/layanan/{prefix}/", typed)
        assert answer.status_code == 302, answer.content.decode()
        return Visit.objects.get(token=answer["Location"].rstrip("/").split("/")[-1])

    return drawn


@pytest.fixture
def called(petugas: User, counter: Counter) -> Visit:
    """Return a visit that has been called to counter 1."""
    return actions.call(VisitFactory(), counter, by=petugas)


@pytest.fixture
def serving(petugas: User, called: Visit) -> Visit:
    return actions.start(called, by=petugas)


@pytest.fixture
def served(petugas: User, serving: Visit) -> Visit:
    return actions.finish(serving, by=petugas)
