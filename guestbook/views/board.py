"""The board (TV): it shows numbers and counters, never a name. Public, on a paired device."""

import re
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_safe

from guestbook import announcements, live
from guestbook.calls import calls_on
from guestbook.reception import board_on
from office.devices import needs_device
from office.models import Device

ONE_RANGE = re.compile(r"bytes=(?:(?P<first>\d+)-(?P<last>\d*)|-(?P<tail>\d+))")
SOUND_AGE = 30 * 24 * 60 * 60


def _state() -> dict[str, Any]:
    today = timezone.localdate()
    return {"board": board_on(today), "calls": calls_on(today)}


def _draw() -> str:
    return render_to_string("guestbook/_board_state.html", _state())


@login_not_required
@never_cache
@needs_device(Device.Kind.BOARD)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the whole screen; board.js keeps it up to date."""
    return render(request, "guestbook/board.html", _state() | {"sounds": announcements.sounds_version()})


@login_not_required
@require_safe
@cache_control(no_cache=True)
@needs_device(Device.Kind.BOARD)
@condition(etag_func=live.board_etag)
def board_state(request: HttpRequest) -> HttpResponse:
    """Return the changing part of the board, drawn once per version for all boards."""
    return HttpResponse(cache.get_or_set(f"board.{live.version()}", _draw, live.KEPT_FOR))


@login_not_required
@require_safe
@cache_control(private=True, max_age=SOUND_AGE)
def board_sound(request: HttpRequest, piece: str) -> HttpResponse | FileResponse:
    """Return one piece of the voice, or a part of it: televisions ask for byte ranges."""
    file = announcements.file_of(piece) if piece in announcements.PIECES else None
    if file is None or not file.exists():
        raise Http404("Potongan suara ini belum dibuat.")
    wanted = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted:
        return _part(file, wanted)
    return FileResponse(file.open("rb"), content_type="audio/wav", headers={"Accept-Ranges": "bytes"})


def _part(file: Path, wanted: re.Match[str]) -> HttpResponse:
    """Return 206 with the requested bytes, or 416 when the file has no such bytes (RFC 9110, 14)."""
    sound = file.read_bytes()
    size = len(sound)
    if wanted["tail"]:
        first, last = max(size - _number(wanted["tail"]), 0), size - 1
    else:
        first, last = _number(wanted["first"]), min(_number(wanted["last"] or str(size)), size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(sound[first : last + 1], status=206, content_type="audio/wav", headers=headers)


def _number(digits: str) -> int:
    """Return the number. Of thousands of digits the first are enough: no sound has so many bytes."""
    return int(digits[:15])
