"""Telephone and console update themselves, say when the server does not answer, and recover."""

import re

import pytest
from playwright.sync_api import Route, expect

from guestbook import actions
from office.models import Counter
from tests.factories import VisitFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
AWAY = "Sambungan terputus."


def test_the_telephone_learns_of_its_place_of_its_call_and_of_the_end(new_page, petugas, counter, picture):
    first, visit = VisitFactory(), VisitFactory()
    phone = new_page(390, 844)
    phone.goto(f"/antrian/{visit.token}/")
    expect(phone).to_have_title("R-002: 1 orang lagi - PST BPS Kota Banjarmasin")
    picture(phone, "ticket")

    actions.finish(actions.start(actions.call(first, counter, by=petugas), by=petugas), by=petugas)
    expect(phone).to_have_title("R-002: giliran berikutnya - PST BPS Kota Banjarmasin")
    actions.call(visit, counter, by=petugas)
    expect(phone.get_by_role("alert")).to_contain_text("Nomor Anda dipanggil")
    actions.finish(actions.start(visit, by=petugas), by=petugas)

    expect(phone.get_by_role("link", name="Nilai layanan kami")).to_be_visible()


def test_the_telephone_says_that_the_server_is_away_also_when_it_is_called(new_page, problems, petugas, counter):
    visit = VisitFactory()
    actions.call(visit, counter, by=petugas)
    phone = new_page(390, 844)
    phone.goto(f"/antrian/{visit.token}/")

    phone.context.set_offline(True)
    expect(phone.get_by_text(AWAY)).to_be_visible()
    actions.start(visit, by=petugas)
    phone.context.set_offline(False)

    expect(phone.get_by_text("Anda sedang dilayani di Loket 1.")).to_be_visible()
    expect(phone.get_by_text(AWAY)).to_be_hidden()
    problems.clear()  # the browser logs the unanswered requests


# Counts what the page asks, and what it has taken in: it writes the time of each answer in [data-updated].
COUNT = """
Object.defineProperty(document, 'hidden', { get: () => window.isHidden ?? false });
const send = window.fetch;
Object.assign(window, { asked: 0, takenIn: 0, fetch: (...request) => (window.asked++, send(...request)) });
document.addEventListener('DOMContentLoaded', () =>
  new MutationObserver(() => window.takenIn++).observe(document.querySelector('[data-updated]'), { childList: true }));
"""


def test_a_telephone_in_the_background_asks_less_often(office, new_page):
    phone = new_page(390, 844)
    phone.clock.install()
    phone.add_init_script(COUNT)
    phone.goto(f"/antrian/{VisitFactory().token}/")
    phone.clock.pause_at(phone.evaluate("Date.now() + 100"))

    def seconds(count: int) -> int:
        """Let the page's clock run on. It stops while an answer is under way, however slow the machine is."""
        before = phone.evaluate("asked")
        for _ in range(count * 10):
            phone.clock.run_for(100)
            wait_until(lambda: phone.evaluate("asked === takenIn"))
        return phone.evaluate("asked") - before

    assert seconds(9) >= 9
    phone.evaluate("window.isHidden = true")
    seconds(1)
    assert seconds(8) == 2


def test_the_console_says_that_the_server_is_away_and_recovers(petugas, page_of, problems):
    desk = page_of(petugas)
    desk.goto("/loket/1/")
    away = desk.get_by_text("Server tidak menjawab.")
    expect(away).to_be_hidden()

    desk.context.set_offline(True)
    expect(away).to_be_visible()
    visit = VisitFactory()
    actions.call(visit, Counter.objects.get(number=2), by=petugas)
    actions.requeue(visit, by=petugas)
    desk.context.set_offline(False)

    expect(away).to_be_hidden()
    expect(desk.get_by_role("link", name="R-001")).to_be_visible()
    problems.clear()


def test_the_message_of_an_act_is_shown_although_the_queue_has_changed_before_its_page_comes(petugas, counter, page_of):
    actions.call(VisitFactory(), counter, by=petugas)
    desk = page_of(petugas)
    desk.goto("/loket/1/")

    def answer_late(route: Route) -> None:
        done = route.fetch()  # the page with the message, which the server shows once
        desk.wait_for_event("response", lambda response: "hx-refresh" in response.headers)
        desk.wait_for_event("response", lambda response: "/antrian/" in response.url)  # a reload has begun by now
        route.fulfill(response=done)

    desk.route("**/mulai/", answer_late)
    desk.keyboard.press("m")

    expect(desk.get_by_role("status").filter(has_text="mulai dilayani")).to_be_visible()


def test_the_console_of_a_user_signed_out_elsewhere_shows_the_sign_in_form(petugas, page_of, problems):
    desk = page_of(petugas)
    desk.goto("/loket/1/")

    desk.context.clear_cookies()

    expect(desk).to_have_url(re.compile("/masuk/"))
    expect(desk.get_by_label("Nama pengguna")).to_be_visible()
    problems.clear()  # the browser logs the answer 401, which tells the page
