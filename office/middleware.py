"""Who got a password from somebody else chooses an own one before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def must_change_password(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead a user with `must_change_password` to the form for it, whatever page was asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = {reverse("office:password_change"), reverse("logout")}
        if getattr(request.user, "must_change_password", False) and request.path not in allowed:
            return redirect("office:password_change")
        return get_response(request)

    return middleware
