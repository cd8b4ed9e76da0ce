"""The note on the console is sent with every button, so that none is lost when the scripts are not there yet."""

from html.parser import HTMLParser

import pytest

from guestbook import actions
from guestbook.models import Visit
from guestbook.workflow import Status
from tests.factories import VisitFactory
from tests.pages import page

TYPED = "Meminta data\r\njumlah penduduk."


@pytest.fixture
def visit(petugas, counter) -> Visit:
    """Return a visit that was called to counter 1."""
    VisitFactory()
    return actions.call_next(counter, by=petugas)


class Acts(HTMLParser):
    """What the form "acts" of the console sends, and the addresses of its buttons by their words or names."""

    def __init__(self, text: str):
        super().__init__()
        self.sent, self.buttons, self._opened = {}, [], False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        facts = dict(attrs)
        if tag == "form":
            self._opened = facts.get("id") == "acts"
        if facts.get("form") != "acts" and not (self._opened and tag == "input"):
            return
        if tag == "button":
            self.buttons.append((facts["formaction"], {facts["name"]: facts["value"]} if "name" in facts else {}))
        else:
            self.sent[facts["name"]] = facts.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._opened = self._opened and tag != "form"


def pressed(desk, ending: str, note: str = TYPED):
    """Press the button whose address ends so, with a note that was typed and not saved, as a browser without script."""
    acts = Acts(page(desk, "/loket/1/", "Catatan kunjungan"))
    place, own = next((place, own) for place, own in acts.buttons if place.endswith(ending))
    assert "note" in acts.sent
    return desk.post(place, acts.sent | {"note": note} | own, follow=True)


@pytest.mark.parametrize("ending", ["mulai/", "panggil-ulang/", "tidak-hadir/", "kembalikan/", "batal/", "catatan/"])
def test_every_button_of_the_console_saves_the_typed_note(visit, client_of, petugas, ending):
    pressed(client_of(petugas), ending)

    assert Visit.objects.get(pk=visit.pk).note == "Meminta data\njumlah penduduk."


def test_the_act_is_done_with_it(visit, client_of, petugas):
    pressed(client_of(petugas), "mulai/")
    pressed(client_of(petugas), "selesai/", note="Selesai.")

    visit.refresh_from_db()
    assert (visit.status, visit.note) == (Status.SERVED, "Selesai.")


def test_without_script_a_transfer_saves_the_note_and_opens_its_dialog(visit, client_of, petugas):
    acts = Acts(page(client_of(petugas), "/loket/1/", "Alihkan"))
    place, own = next((place, own) for place, own in acts.buttons if own)

    shown = client_of(petugas).post(place, acts.sent | {"note": TYPED} | own, follow=True).content.decode()

    assert "open" in shown.split('id="alihkan"')[1].split(">")[0]
    assert "jumlah penduduk." in shown
    assert Visit.objects.get(pk=visit.pk).note


def test_a_note_is_saved_only_on_a_visit_of_this_counter(visit, client_of, petugas):
    other = VisitFactory(note="Tetap.")

    client_of(petugas).post(f"/loket/1/{visit.pk}/mulai/", {"note": "Bukan di sini.", "noted": other.pk})
    client_of(petugas).post(f"/loket/1/{visit.pk}/selesai/", {"note": "x", "noted": "9" * 5000})

    visit.refresh_from_db()
    assert (Visit.objects.get(pk=other.pk).note, visit.note, visit.status) == ("Tetap.", "", Status.SERVED)
