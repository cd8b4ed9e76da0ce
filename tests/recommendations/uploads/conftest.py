"""Fixtures for files that are read."""

import pytest

from recommendations.uploads import signatures
from tests.recommendations.uploads.reading import ask_here


@pytest.fixture
def read_here(request, monkeypatch) -> None:
    """Read signed files in this process, unless the test asks for the child."""
    if "child" not in request.fixturenames:
        monkeypatch.setattr(signatures, "ask", ask_here)


@pytest.fixture
def child() -> None:
    """Let a child process read signed files, as the desk does."""
