"""The tasks of the rooms, by the names under which the worker knows them. Each task is told only its row."""

from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.promise.tasks import tell_later_dues
from recommendations.slip.tasks import draw_slip, send_slip

__all__ = ["draw_letter", "draw_slip", "send_dispatch", "send_slip", "tell_later_dues"]
