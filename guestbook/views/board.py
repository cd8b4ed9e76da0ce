"""The board (TV): numbers and counters, never a name. Public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from guestbook.reception import board_on


@login_not_required
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The whole screen; board.js keeps it up to date."""
    return render(request, "guestbook/board.html", {"board": board_on(timezone.localdate())})


@login_not_required
@require_safe
@cache_control(no_cache=True)
@conditional_page
def board_state(request: HttpRequest) -> HttpResponse:
    """The changing part of the board; 304 while nothing has changed."""
    return render(request, "guestbook/_board_state.html", {"board": board_on(timezone.localdate())})
