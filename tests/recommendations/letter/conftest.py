"""Fixtures for letters that are mailed."""

import pytest

from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch


@pytest.fixture
def server(mail_server_at_will):
    return mail_server_at_will


@pytest.fixture
def sent(mail, server) -> Dispatch:
    """Return a dispatch whose mail the server took; the submission knows it."""
    send_dispatch(mail.pk)
    return again(mail)


def again(dispatch: Dispatch) -> Dispatch:
    """Return the dispatch as it is now, with its mail and its letter."""
    return Dispatch.objects.select_related("mail", "signed", "letter__submission").get(pk=dispatch.pk)
