"""Find out that an item was answered from another page since this page showed it, and keep both answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from office.models import User
from office.refusals import Refused
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.structure import Item
from recommendations.instruments.words import answer_lines
from recommendations.models import Round


@dataclass(frozen=True)
class Page:
    """One opened recording page. `turn` counts its saves. A page never has a conflict with its own saves."""

    token: str = ""
    turn: int = 0


NO_PAGE = Page()
"""The page of answers that come from a file, a copy or a command."""


@dataclass(frozen=True)
class Conflict:
    """One item with the stored answer (`theirs`) and the answer that was not saved (`mine`).

    `by` and `at` say which user saved the stored answer and when; None when that is unknown.
    """

    item: Item
    theirs: Any
    mine: Any
    by: User | None
    at: datetime | None
    is_own: bool = False

    @property
    def who(self) -> str:
        """Return whose answer is stored, for a label: "Budi Contoh", or "yang tersimpan" when own or unknown."""
        if self.is_own or self.by is None:
            return "yang tersimpan"
        return str(self.by)

    @property
    def versions(self) -> list[tuple[str, list[str]]]:
        """Return both answers, each as a label and its lines in words."""
        each = ((f"Isian {self.who}", self.theirs), ("Isian Anda", self.mine))
        return [(label, answer_lines(self.item, value)) for label, value in each]

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the stored answer. A save that sends it may overwrite that answer."""
        return fingerprint(self.item, self.theirs)

    @property
    def words(self) -> str:
        moment = f" pukul {timezone.localtime(self.at):%H.%M}" if self.at else ""
        if self.is_own:
            return f"Anda mengubah {self.item.reference}{moment} di halaman lain."
        return f"{self.by or 'Orang lain'} mengubah {self.item.reference}{moment}."


class ChangedMeanwhile(Refused):
    """Raised when an answer was changed after the page showed it. Nothing was saved; see `conflicts`."""

    def __init__(self, conflicts: list[Conflict]):
        self.conflicts = conflicts
        told = " ".join(conflict.words for conflict in conflicts)
        super().__init__(f"{told} Bandingkan, lalu pilih isian yang dipakai.")


def conflicts_with(
    current: Round, kept: Mapping[str, Any], *, shown: Mapping[str, str], page: Page, by: User
) -> list[Conflict]:
    """Return a conflict for each answer in `kept` that would overwrite an answer which the page has not shown."""
    instrument = current.submission.instrument
    items = [instrument.item(item_id) for item_id in kept if shown.get(item_id)]
    found = [item for item in items if _is_against(current, item, kept[item.id], shown[item.id], page)]
    return _told(current, found, kept, by) if found else []


def _is_against(current: Round, item: Item, new: Any, shown: str, page: Page) -> bool:
    stored = fingerprint(item, current.answers.get(item.id))
    if stored in (shown, fingerprint(item, new)):
        return False
    return not page.token or current.typed_by.get(item.id, {}).get("page") != page.token


def _told(current: Round, items: Collection[Item], kept: Mapping[str, Any], by: User) -> list[Conflict]:
    notes = {item.id: current.typed_by.get(item.id, {}) for item in items}
    people = User.objects.in_bulk({note["by"] for note in notes.values() if note})
    return [
        Conflict(
            item=item,
            theirs=current.answers.get(item.id),
            mine=kept[item.id],
            by=people.get(notes[item.id].get("by")),
            at=_moment(notes[item.id].get("at")),
            is_own=notes[item.id].get("by") == by.pk,
        )
        for item in items
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def is_late(current: Round, item_id: str, page: Page) -> bool:
    """Return whether this page already saved a later answer to the item. The delayed answer must not replace it."""
    note = current.typed_by.get(item_id, {})
    return bool(page.token) and note.get("page") == page.token and note.get("turn", 0) > page.turn


def note_of(by: User, page: Page) -> dict[str, Any]:
    """Return the note for `typed_by`: who saved an answer, when, and from which page."""
    return {"by": by.pk, "at": timezone.now().isoformat(), "page": page.token, "turn": page.turn}
