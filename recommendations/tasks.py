"""The tasks of the rooms, so that the worker finds them. Each task gets only the ids of its rows."""

from recommendations.attachments.tasks import draw_attachment
from recommendations.examination.tasks import draw_opinion
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.promise.tasks import tell_later_dues
from recommendations.signing.tasks import draw_copy
from recommendations.slip.tasks import draw_slip, send_slip

__all__ = [
    "draw_attachment",
    "draw_copy",
    "draw_letter",
    "draw_opinion",
    "draw_slip",
    "send_dispatch",
    "send_slip",
    "tell_later_dues",
]
