"""Pages of a visitor that a colleague may not use in the visitor's place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refusal_to_colleague(request: HttpRequest, template: str) -> HttpResponse | None:
    """Return the 403 page `template` in a browser in which a colleague is signed in, and None in any other browser."""
    return render(request, template, status=403) if request.user.is_authenticated else None
