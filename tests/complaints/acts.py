"""Do an act with a complaint as a browser does it: with what its page showed."""

import uuid
from typing import Any

from django.test import Client

from complaints.models import Complaint


def seal_of(browser: Client, complaint: Complaint) -> str:
    """Return what the complaint's page shows now, as its forms send it back."""
    return str(browser.get(f"/aduan/{complaint.key}/").context["shown"])


def act(browser: Client, complaint: Complaint, name: str, **typed: Any) -> Any:
    """Open the page of the complaint and send the form of the act `name` with a token of its own. Return the answer."""
    sent = {"shown": seal_of(browser, complaint), "form_token": str(uuid.uuid4())}
    return browser.post(f"/aduan/{complaint.key}/{name}/", sent | typed)
