"""Two pages that answer the same item: what tells that somebody else has answered since, and both answers."""

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
    """One opened page of the recording; `turn` counts what it has sent. Its saves never stand against each other."""

    token: str = ""
    turn: int = 0


NO_PAGE = Page()
"""What is saved from elsewhere: a file, a command."""


@dataclass(frozen=True)
class Conflict:
    """One item with the stored answer and the one that was not saved; who saved the stored one, when, if known."""

    item: Item
    theirs: Any
    mine: Any
    by: User | None
    at: datetime | None
    is_own: bool = False

    @property
    def who(self) -> str:
        """Whose answer is stored, for a label: "Budi Contoh", "yang tersimpan"."""
        if self.is_own or self.by is None:
            return "yang tersimpan"
        return str(self.by)

    @property
    def versions(self) -> list[tuple[str, list[str]]]:
        """Both answers in words, a table row by row, each under whose it is."""
        each = ((f"Isian {self.who}", self.theirs), ("Isian Anda", self.mine))
        return [(label, answer_lines(self.item, value)) for label, value in each]

    @property
    def fingerprint(self) -> str:
        """Of the stored answer: who saves with it has seen it."""
        return fingerprint(self.item, self.theirs)

    @property
    def words(self) -> str:
        moment = f" pukul {timezone.localtime(self.at):%H.%M}" if self.at else ""
        if self.is_own:
            return f"Anda mengubah {self.item.reference}{moment} di halaman lain."
        return f"{self.by or 'Orang lain'} mengubah {self.item.reference}{moment}."


class ChangedMeanwhile(Refused):
    """Raised when somebody else has answered since the page showed it; nothing was saved. `conflicts` say what."""

    def __init__(self, conflicts: list[Conflict]):
        self.conflicts = conflicts
        told = " ".join(conflict.words for conflict in conflicts)
        super().__init__(f"{told} Bandingkan, lalu pilih isian yang dipakai.")


def conflicts_with(
    current: Round, kept: Mapping[str, Any], *, shown: Mapping[str, str], page: Page, by: User
) -> list[Conflict]:
    """Which of the answers to be `kept` would overwrite one that their page has not shown."""
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
    """Has this page saved a later answer already? A request that was held up on its way changes nothing then."""
    note = current.typed_by.get(item_id, {})
    return bool(page.token) and note.get("page") == page.token and note.get("turn", 0) > page.turn


def note_of(by: User, page: Page) -> dict[str, Any]:
    """What is noted beside a saved answer."""
    return {"by": by.pk, "at": timezone.now().isoformat(), "page": page.token, "turn": page.turn}
