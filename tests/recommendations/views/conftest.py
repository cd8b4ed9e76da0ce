"""The officer at the desk, and a submission that is being recorded."""

from collections.abc import Callable

import pytest
from django.test import Client

from office.models import User
from recommendations.models import Submission
from tests.factories import SubmissionFactory


@pytest.fixture
def client_p(petugas: User, client_of: Callable[[User], Client]) -> Client:
    """The officer's browser."""
    return client_of(petugas)


@pytest.fixture
def submission(office) -> Submission:
    """An FS3, opened and not yet answered."""
    return SubmissionFactory()
