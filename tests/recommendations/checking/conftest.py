"""What the check page and `verify_letter` say of a file."""

import json
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from recommendations.models import Letter


@pytest.fixture
def check(client):
    """Return a function that sends a file to the letter's public page and returns the answer."""

    def sent(letter: Letter, content: bytes):
        place = reverse("check_letter", args=[letter.token])
        return client.post(place, {"file": ContentFile(content, name="surat.pdf")})

    return sent


def verdict(answer) -> str:
    """Return the head of the page."""
    return answer.content.decode().split("<h1>")[1].split("</h1>")[0]


def verify(tmp_path, content: bytes) -> tuple[dict, int]:
    """Return what `verify_letter --json` says of a file, and its exit code."""
    file, out = tmp_path / "surat.pdf", StringIO()
    file.write_bytes(content)
    try:
        call_command("verify_letter", file, "--json", stdout=out)
    except SystemExit as ended:
        return json.loads(out.getvalue()), ended.code
    return json.loads(out.getvalue()), 0
