"""Answers a request with a file that the browser saves."""

from django.http import HttpResponse


def file_answer(content: bytes | str, *, name: str, content_type: str) -> HttpResponse:
    """Return a response that downloads `content` under `name`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)
