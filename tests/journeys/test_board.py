"""The board in the waiting room: picture and voice together, each call once, in order."""

import pytest
from playwright.sync_api import Page, expect

from guestbook import actions, announcements
from office.models import Counter
from tests.conftest import wait_until
from tests.factories import UserFactory, VisitFactory

pytestmark = pytest.mark.django_db(transaction=True)
LISTEN = """
window.heard = [];
document.addEventListener("pst:played", (event) =>
  window.heard.push([document.querySelector(".hero [data-number]")?.textContent ?? "", event.detail]));
"""


@pytest.fixture
def board(sounds, office, new_page) -> Page:
    """The television, its sound switched on."""
    page = new_page(1920, 1080)
    page.add_init_script(LISTEN)
    page.goto("/papan/")
    return page


def switch_on(board: Page) -> None:
    """Press OK on the remote control."""
    expect(board.get_by_role("button", name="Suara panggilan belum menyala")).to_be_focused()
    expect(board.get_by_text("Suara mati")).to_be_visible()
    board.keyboard.press("Enter")
    expect(board.get_by_role("button", name="Suara menyala")).to_be_visible()
    wait_until(lambda: board.evaluate("window.heard.some(([, piece]) => piece === 'uji-suara')"))
    board.evaluate("window.heard = []")


def wait_for_pieces(board: Page, count: int) -> list[list[str]]:
    wait_until(lambda: board.evaluate("window.heard.length") >= count, seconds=30)
    return board.evaluate("window.heard")


def pieces(ticket: str, counter: int) -> list[list[str]]:
    """What is heard of one call, and which number stands on the card meanwhile."""
    return [[ticket, piece] for piece in ("nada", *announcements.pieces_of(ticket, counter))]


def test_the_officer_calls_and_the_board_shows_the_number_and_says_it(board, petugas, page_of, picture):
    VisitFactory()
    switch_on(board)
    desk = page_of(petugas)
    desk.goto("/loket/1/")

    desk.keyboard.press("n")
    heard = wait_for_pieces(board, 8)
    expect(board.locator(".hero .number")).to_have_text("R-001")
    picture(board, "board-voice")
    desk.keyboard.press("u")
    again = wait_for_pieces(board, 16)

    assert heard == pieces("R-001", 1)
    assert again == pieces("R-001", 1) * 2


def test_two_calls_of_one_moment_are_announced_one_after_the_other(board, petugas, counter):
    switch_on(board)
    first, second = VisitFactory(), VisitFactory()

    actions.call(first, counter, by=petugas)
    actions.call(second, Counter.objects.get(number=2), by=UserFactory())
    heard = wait_for_pieces(board, 16)

    assert heard == pieces("R-001", 1) + pieces("R-002", 2)


def test_a_reload_repeats_no_call(board, petugas, counter):
    actions.call(VisitFactory(), counter, by=petugas)
    expect(board.locator(".hero .number")).to_have_text("R-001")

    board.reload()
    switch_on(board)
    actions.call(VisitFactory(), Counter.objects.get(number=2), by=UserFactory())
    heard = wait_for_pieces(board, 8)

    assert heard == pieces("R-002", 2)


def test_without_the_press_the_board_shows_the_calls_and_is_silent(board, petugas, counter, picture):
    actions.call(VisitFactory(), counter, by=petugas)

    expect(board.locator(".hero.calling .number")).to_have_text("R-001")
    assert board.evaluate("window.heard") == []
    picture(board, "board-locked")
