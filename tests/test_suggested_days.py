"""A day that a page suggested as today is asked again when midnight has passed between its opening and the button."""

from collections.abc import Callable
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from complaints.models import Complaint
from ratings.models import FollowUp
from recommendations.models import ResultNote
from tests.factories import signed_submission

ZONE = timezone.get_default_timezone()
BEFORE, AFTER = datetime(2026, 12, 31, 23, 58, tzinfo=ZONE), datetime(2027, 1, 1, 0, 1, tzinfo=ZONE)
TOLD = "Halaman ini dibuka 31/12/2026, kini 01/01/2027. Periksa tanggalnya, lalu simpan."


class Fields(HTMLParser):
    """The fields of the form whose action ends in `action`, each with the value that the page gave it."""

    def __init__(self, action: str, text: str):
        super().__init__()
        self.action, self.is_inside, self.values = action, False, {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        facts = dict(attrs)
        if tag == "form":
            self.is_inside = (facts.get("action") or "").endswith(self.action)
        elif tag == "input" and self.is_inside and facts.get("type") not in {"file", "checkbox"}:
            self.values[facts["name"]] = facts.get("value") or ""


DAYS: dict[str, Callable[[], list[date]]] = {
    "results": lambda: list(ResultNote.objects.values_list("happened_on", flat=True)),
    "complaint": lambda: [timezone.localdate(one.received_at) for one in Complaint.objects.all()],
    "measure": lambda: [one.done_on for one in FollowUp.objects.exclude(done_on=None)],
}
"""What each page has saved."""


@pytest.fixture(params=DAYS)
def form(request, petugas, kepala) -> tuple[str, str, dict, Callable[[], list[date]]]:
    """Return the address of a page, its form's action, what a person types, and a function for the days saved."""
    days = DAYS[request.param]
    if request.param == "results":
        place = f"/permohonan/{signed_submission(petugas, kepala).pk}/hasil/"
        return place, "diterima/", {"note": "Lewat e-mail."}, days
    if request.param == "complaint":
        return "/aduan/catat/", "", {"channel": "box", "text": "Lewat e-mail."}, days
    facts = {"period": "2026-T3", "aspect": "waktu", "action": "Tambah loket.", "written_by": petugas}
    measure = FollowUp.objects.create(responsible=petugas, due_on=date(2027, 1, 20), **facts)
    return f"/penilaian/tindak-lanjut/{measure.pk}/", "selesai/", {"proof": "Lewat e-mail."}, days


def sent(desk: Client, place: str, answer, action: str, typed: dict):
    """Press the button of the form on the page, with what the page gave and what the person typed."""
    values = Fields(action, answer.content.decode()).values
    return desk.post(f"{place}{action}", values | typed, follow=True)


def test_a_page_of_yesterday_is_shown_again_with_what_was_typed_and_then_saved(form, client_of, petugas):
    place, action, typed, days = form
    with time_machine.travel(BEFORE, tick=False):
        desk = client_of(petugas)
        opened = desk.get(place)

    with time_machine.travel(AFTER, tick=False):
        again = sent(desk, place, opened, action, typed)
        saved = days()
        sent(desk, place, again, action, typed)

    assert saved == []
    assert TOLD in again.content.decode()
    assert "Lewat e-mail." in again.content.decode()
    assert days() == [date(2026, 12, 31)]


def test_a_page_of_today_and_a_day_that_was_typed_are_saved_at_once(form, client_of, petugas):
    place, action, typed, days = form
    name = {"note": "happened_on", "text": "received_on", "proof": "done_on"}[list(typed)[-1]]
    with time_machine.travel(BEFORE, tick=False):
        desk = client_of(petugas)
        opened = desk.get(place)

    with time_machine.travel(AFTER, tick=False):
        sent(desk, place, opened, action, typed | {name: "30/12/2026"})

    assert days() == [date(2026, 12, 30)]
