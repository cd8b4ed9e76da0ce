"""A user whose password was set by an admin must change it before doing anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def must_change_password(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Redirect a user with `must_change_password` to the password form from every page except that form and logout."""

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = {reverse("office:password_change"), reverse("logout")}
        if getattr(request.user, "must_change_password", False) and request.path not in allowed:
            return redirect("office:password_change")
        return get_response(request)

    return middleware
