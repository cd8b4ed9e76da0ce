"""Fixtures for the tests of ratings."""

import pytest

from guestbook import actions as guestbook
from guestbook.models import Visit
from office.models import Counter, User
from tests.factories import VisitFactory


@pytest.fixture
def served(petugas: User, counter: Counter) -> Visit:
    """Return a visit that was served at counter 1."""
    visit = guestbook.call(VisitFactory(), counter, by=petugas)
    return guestbook.finish(guestbook.start(visit, by=petugas), by=petugas)
