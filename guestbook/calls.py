"""The calls that the board announces. Reads only."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from guestbook.announcements import pieces_of, words_of
from guestbook.models import VisitEvent
from guestbook.workflow import Move

LISTED = 20
"""More calls than any office makes between two requests of a board."""
COUNTER = re.compile(r"\d+")


@dataclass(frozen=True)
class Call:
    """One call of one number to one counter. The board announces each id once; a repeated call has a new id."""

    pk: int
    at: datetime
    ticket: str
    counter: int

    @property
    def pieces(self) -> list[str]:
        """The sounds after the chime."""
        return pieces_of(self.ticket, self.counter)

    @property
    def words(self) -> str:
        """The same in words, for the browser's own voice."""
        return words_of(self.pieces)


def calls_on(day: date) -> list[Call]:
    """Return the last calls of the local `day`, oldest first, each with its counter."""
    events = VisitEvent.objects.filter(visit__day=day, move__in=(Move.CALL, Move.RECALL)).select_related("visit")
    newest = events.order_by("-pk")[:LISTED]
    named = ((event, COUNTER.search(event.note)) for event in reversed(newest))
    return [Call(event.pk, event.at, event.visit.ticket, int(found[0])) for event, found in named if found]
