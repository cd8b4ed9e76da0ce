"""Fixtures that several tests of complaints share."""

import pytest

from complaints.models import ComplaintTerm
from office.models import User
from tests.factories import UserFactory


@pytest.fixture
def simple() -> ComplaintTerm:
    return ComplaintTerm.objects.get(code="sederhana")


@pytest.fixture
def other(petugas) -> User:
    """Return a second officer."""
    user = UserFactory(username="dewi", name="Dewi Contoh")
    user.groups.set(petugas.groups.all())
    return user
