"""A form is recorded with the keyboard only, while the server does not answer, and by two officers at once."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse
from playwright.sync_api import Page, expect

from recommendations.instruments import instrument
from recommendations.instruments.structure import Item, Kind
from recommendations.instruments.values import as_typed, clean
from recommendations.models import Submission
from tests.factories import SubmissionFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
FPKPA = instrument("FP-KPA")
VALUES = yaml.safe_load(Path(__file__).with_name("fpkpa.yaml").read_text(encoding="utf-8"))["values"]


@pytest.fixture
def submission(office) -> Submission:
    return SubmissionFactory(instrument_code="FP-KPA")


def stored(submission: Submission) -> dict[str, Any]:
    return submission.rounds.get(recorded_at=None).answers


def open_block(desk: Page, submission: Submission, block_id: str) -> None:
    desk.goto(reverse("recommendations:record_block", args=[submission.pk, block_id]))
    expect(desk.locator("#sheet")).to_be_visible()


def focused(desk: Page) -> str:
    return desk.evaluate("document.activeElement.name || ''")


def tab_to(desk: Page, name: str) -> None:
    """Press Tab until the field whose name begins with `name` has the focus."""
    for _ in range(60):
        if focused(desk).startswith(name):
            return
        desk.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {name}.")


def type_by_keys(desk: Page, item: Item, value: Any) -> None:
    """Type one answer with the keyboard only, from the first Tab to the last key."""
    typed = as_typed(item, value)
    expect(desk.locator(f"#i-{item.id}")).to_be_visible()  # some fields appear only after the answer before
    tab_to(desk, item.id)
    if item.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YESNO):
        for code in typed if isinstance(typed, list) else [typed]:
            desk.keyboard.press(str(code))
    elif item.kind is Kind.DATERANGE:
        for end, day in typed.items():
            tab_to(desk, f"{item.id}-{end}")
            desk.keyboard.type(day)
    elif item.kind is Kind.TABLE:
        type_rows_by_keys(desk, item, typed)
    else:
        write(desk, str(typed))


def write(desk: Page, text: str) -> None:
    """Type the first characters key by key, and the rest at once: the browser draws the page again for each key."""
    desk.keyboard.type(text[:8])
    if len(text) > 8:
        desk.keyboard.insert_text(text[8:])


def type_rows_by_keys(desk: Page, item: Item, rows: list[dict[str, str]]) -> None:
    """Type a table: Tab goes to the next cell, Ctrl+Enter adds a row."""
    for number, row in enumerate(rows):
        if number:
            desk.keyboard.press("Control+Enter")
        for place, column in enumerate(item.columns):
            if place:
                desk.keyboard.press("Tab")
            write(desk, row.get(column.id, ""))


def test_a_whole_form_is_recorded_with_the_keyboard_alone(petugas, submission, page_of):
    desk = page_of(petugas)
    open_block(desk, submission, FPKPA.blocks[0].id)

    for block in FPKPA.blocks:
        expect(desk.locator("main h2").first).to_contain_text(block.title)
        for item in block.items:
            if VALUES.get(item.id):
                if item.id == FPKPA.agency_item:
                    tab_to(desk, item.id)
                    desk.keyboard.press("Control+a")
                type_by_keys(desk, item, VALUES[item.id])
        desk.keyboard.press("Alt+ArrowRight")
    expect(desk.get_by_role("heading", name="Lampiran", exact=True)).to_be_visible()

    wanted = {item_id: clean(FPKPA.item(item_id), value) for item_id, value in VALUES.items() if value}
    found = {item_id: value for item_id, value in stored(submission).items() if value not in (None, "", [])}
    assert found == wanted


def test_keys_lead_to_a_line_by_its_number_and_to_its_help(petugas, submission, page_of):
    desk = page_of(petugas)
    open_block(desk, submission, "blok_5")

    desk.keyboard.press("g")
    desk.keyboard.type("7.4")
    desk.keyboard.press("Enter")
    expect(desk.locator("#r7-4 input[type=checkbox]").first).to_be_focused()
    help_text = desk.locator("#i-tingkat_penyajian .form-hint")
    expect(help_text).to_be_visible()
    desk.keyboard.press("F1")
    expect(help_text).to_be_hidden()
    desk.keyboard.press("?")
    expect(help_text).to_be_visible()


def test_rows_are_copied_removed_and_taken_back_by_keys(petugas, submission, page_of):
    desk = page_of(petugas)
    open_block(desk, submission, "blok_4")
    names = lambda: [row["nama"] for row in stored(submission).get("variabel", [])]  # noqa: E731 - read again each time

    tab_to(desk, "variabel")
    for word in ("Satu", "2026", "Dinas", "Banyaknya"):
        desk.keyboard.type(word)
        desk.keyboard.press("Tab") if word != "Banyaknya" else None
    desk.keyboard.press("Control+d")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Dua")
    wait_until(lambda: names() == ["Satu", "Dua"])
    desk.keyboard.press("Control+Delete")
    wait_until(lambda: names() == ["Satu"])
    desk.locator("#toasts").get_by_role("button", name="Urungkan").press("Enter")

    wait_until(lambda: names() == ["Satu", "Dua"])
    assert stored(submission)["variabel"][1]["sumber"] == "Dinas"


def test_a_date_is_written_back_as_it_was_understood(petugas, submission, page_of):
    desk = page_of(petugas)
    open_block(desk, submission, "blok_3")

    tab_to(desk, "jadwal_pengumpulan-awal")
    desk.keyboard.type("1 maret 2027")
    tab_to(desk, "jadwal_pengolahan-awal")

    expect(desk.locator("[name='jadwal_pengumpulan-awal']")).to_have_value("01/03/2027")
    assert stored(submission)["jadwal_pengumpulan"] == {"awal": "2027-03-01", "akhir": None}


def test_nothing_is_lost_while_the_server_is_away(petugas, submission, page_of, problems):
    desk = page_of(petugas)
    open_block(desk, submission, "blok_3")
    tab_to(desk, "tujuan_manfaat")
    desk.keyboard.type("Menyediakan data")
    wait_until(lambda: stored(submission).get("tujuan_manfaat") == "Menyediakan data")

    desk.context.set_offline(True)
    desk.keyboard.type(" pemerlu pelayanan")
    tab_to(desk, "jadwal_perencanaan-awal")
    desk.keyboard.type("1/12/2026")
    expect(desk.locator("#unsaved")).to_be_visible()
    tab_to(desk, "jadwal_perencanaan-akhir")
    desk.keyboard.type("8/1/2027")
    desk.context.set_offline(False)

    expect(desk.locator("#unsaved")).to_be_hidden()
    wanted = {"awal": "2026-12-01", "akhir": "2027-01-08"}
    wait_until(lambda: stored(submission).get("jadwal_perencanaan") == wanted)
    assert stored(submission)["tujuan_manfaat"] == "Menyediakan data pemerlu pelayanan"
    expect(desk.locator(".conflict")).to_have_count(0)
    problems.clear()


def test_nothing_is_lost_when_the_server_saves_but_its_answer_never_comes(petugas, submission, page_of, problems):
    desk = page_of(petugas)
    open_block(desk, submission, "blok_3")
    swallowed = []

    def swallow(route) -> None:
        swallowed.append(route.fetch().status)  # the server has saved it
        route.abort("connectionreset")

    desk.route(re.compile("/isian/"), swallow)
    tab_to(desk, "tujuan_manfaat")
    desk.keyboard.type("Menyediakan data")
    expect(desk.locator("#unsaved")).to_be_visible()
    desk.unroute(re.compile("/isian/"))
    desk.keyboard.type(" pemerlu pelayanan")

    wait_until(lambda: stored(submission).get("tujuan_manfaat") == "Menyediakan data pemerlu pelayanan")
    assert 200 in swallowed
    expect(desk.locator(".conflict")).to_have_count(0)
    expect(desk.locator("#unsaved")).to_be_hidden()
    problems.clear()


def type_purpose(desk: Page, words: str) -> None:
    desk.locator("[name='tujuan_manfaat']").focus()
    desk.keyboard.press("Control+a")
    desk.keyboard.type(words)


@pytest.fixture
def two_desks(petugas, budi, submission, page_of) -> tuple[Page, Page]:
    desks = page_of(petugas), page_of(budi)
    for desk in desks:
        open_block(desk, submission, "blok_3")
    return desks


def is_purpose(submission: Submission, words: str) -> Callable[[], bool]:
    return lambda: stored(submission).get("tujuan_manfaat") == words


def test_an_answer_being_typed_is_no_saved_one_when_the_page_looks_what_others_did(submission, two_desks, problems):
    rina, budi = two_desks
    type_purpose(budi, "Punya Budi")
    wait_until(is_purpose(submission, "Punya Budi"))

    rina.locator("[name='tujuan_manfaat']").fill("Punya Rina")
    rina.evaluate("htmx.trigger('#keep', 'look-again')")  # as every 20 seconds, before the answer is saved

    box = rina.locator(".conflict")
    expect(box).to_contain_text("Punya Rina")
    expect(box).to_contain_text("Punya Budi")
    expect(rina.locator("[name='tujuan_manfaat']")).to_have_value("Punya Rina")
    problems.clear()  # a browser logs every answer 409 as an error


def test_two_officers_at_one_form_see_each_other_and_decide_what_both_typed(submission, two_desks, problems, picture):
    rina, budi = two_desks
    rina.reload()
    expect(rina.get_by_text("Budi Contoh sedang merekam formulir ini")).to_be_visible()

    # Rina saves first; Budi sees the conflict and keeps his own answer
    type_purpose(rina, "Punya Rina")
    wait_until(is_purpose(submission, "Punya Rina"))
    type_purpose(budi, "Punya Budi")
    box = budi.locator(".conflict")
    expect(box).to_contain_text("Rina Contoh mengubah R.3.1 pukul")
    expect(box).to_contain_text("Punya Rina")
    expect(box).to_contain_text("Punya Budi")
    assert stored(submission)["tujuan_manfaat"] == "Punya Rina"
    picture(budi, "record-conflict")
    box.get_by_role("button", name="Pakai isian saya").press("Enter")
    wait_until(is_purpose(submission, "Punya Budi"))
    expect(box).to_have_count(0)

    # Rina's next save brings Budi's decision; after that she can change the answer without a conflict
    rina.locator("[name='jadwal_analisis-awal']").focus()
    rina.keyboard.type("1/3/2027")
    expect(rina.locator("[name='tujuan_manfaat']")).to_have_value("Punya Budi")
    type_purpose(rina, "Punya keduanya")
    wait_until(is_purpose(submission, "Punya keduanya"))
    expect(rina.locator(".conflict")).to_have_count(0)

    # Budi has not seen her answer yet: he sees a conflict again, and takes hers
    type_purpose(budi, "Punya Budi lagi")
    expect(box).to_contain_text("Punya keduanya")
    box.get_by_role("button", name="Pakai isian Rina Contoh").press("Enter")
    expect(budi.locator("[name='tujuan_manfaat']")).to_have_value("Punya keduanya")
    assert stored(submission)["tujuan_manfaat"] == "Punya keduanya"
    problems.clear()  # a browser logs every answer 409 as an error
