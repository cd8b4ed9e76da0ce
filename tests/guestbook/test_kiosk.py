import re
import uuid
from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit, Visitor
from office.models import Counter, Office, Service
from tests.factories import VisitFactory
from tests.pages import page

PAGES = {
    "/kios/": "Selamat datang. Ambil nomor antrian di sini.",
    "/kios/layanan/": "Layanan apa yang Anda perlukan?",
    "/kios/layanan/R/": "Siapa yang kami layani?",
}
"""Each with its heading."""


@pytest.mark.parametrize("page", PAGES)
def test_kiosk_pages_are_public_and_leave_nothing_in_the_browser(client, office, page):
    answer = client.get(page)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_the_welcome_page_tells_how_many_wait_and_how_many_counters_are_open(client, office):
    VisitFactory.create_batch(3)
    Counter.objects.filter(number=2).update(is_open=False)

    page = client.get("/kios/").content.decode()

    assert "<b>3 orang</b> sedang menunggu" in page
    assert "1 loket dibuka" in page


def test_a_closed_service_cannot_be_chosen(client, office):
    Service.objects.filter(prefix="P").update(is_open=False)

    offered = page(client, "/kios/layanan/", PAGES["/kios/layanan/"])

    assert "/kios/layanan/R/" in offered
    assert "/kios/layanan/P/" not in offered
    assert client.get("/kios/layanan/P/").status_code == 410
    assert client.get("/kios/layanan/Z/").status_code == 404


def test_what_was_typed_for_a_service_that_is_closed_meanwhile_goes_to_another_one(client, office, identity):
    Service.objects.exclude(prefix__in="KP").update(is_open=False)

    answer = client.post("/kios/layanan/R/", identity)

    shown = answer.content.decode()
    assert answer.status_code == 410
    assert "baru saja ditutup, jadi nomor antrian belum diambil." in shown
    assert f'value="{identity["name"]}"' in shown
    assert re.findall(r'formaction="([^"]+)"', shown) == ["/kios/layanan/K/", "/kios/layanan/P/"]
    assert "invalid-feedback" not in shown
    assert "Ambil nomor <" not in shown
    assert Visit.objects.count() == 0
    assert client.post("/kios/layanan/K/", identity).status_code == 302
    assert Visit.objects.get().visitor.name == identity["name"]


def test_without_another_open_service_the_kiosk_sends_to_an_officer(client, office, identity):
    Service.objects.update(is_open=False)

    shown = client.post("/kios/layanan/R/", identity).content.decode()

    assert "Tidak ada layanan lain yang dibuka. Silakan langsung ke petugas." in shown
    assert "Pilih layanan lain" not in shown


def test_the_identity_page_asks_the_browser_to_remember_nothing(client, office):
    page = client.get("/kios/layanan/R/").content.decode()

    assert page.count('autocomplete="off"') == 6  # the form and its five fields
    assert "UU 27/2022" in page


def test_each_opening_of_the_form_has_its_own_token(client, office):
    first, second = (client.get("/kios/layanan/R/").context["form"]["form_token"].value() for _ in range(2))

    assert first != second


def test_a_visitor_draws_a_number(draw):
    visit = draw(needs_priority="on", phone="+62 812 0000 0007")

    assert visit.ticket == "R-001"
    assert visit.visitor.phone == "+6281200000007"
    assert visit.priority == Visit.Priority.ASKED


def test_the_same_form_sent_twice_gives_the_same_ticket(client, office, identity):
    first, second = (client.post("/kios/layanan/R/", identity)["Location"] for _ in range(2))

    assert first == second
    assert Visit.objects.count() == Visitor.objects.count() == 1


def test_a_form_without_token_draws_nothing_and_says_what_to_do(client, office, identity):
    del identity["form_token"]

    page = client.post("/kios/layanan/R/", identity).content.decode()

    assert "terlalu lama terbuka" in page
    assert Visit.objects.count() == 0


def test_a_script_in_a_name_is_only_text(client, office, identity, petugas, client_of, counter):
    script = "<script>alert(1)</script>"
    client.post("/kios/layanan/R/", identity | {"name": script, "agency": script, "position": script})
    actions.call(Visit.objects.get(), counter, by=petugas)

    page = client_of(petugas).get("/loket/1/").content.decode()

    assert script not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def test_a_refused_form_shows_script_as_text_too(client, office, identity):
    typed = identity | {"name": "<script>alert(1)</script>", "email": "x"}

    page = client.post("/kios/layanan/R/", typed).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_the_ticket_page_shows_the_number_the_people_ahead_and_the_way_to_the_phone_page(client, office, draw):
    draw(), draw("K")
    visit = draw()

    page = client.get(f"/kios/tiket/{visit.token}/")

    assert page.context["ahead"] == 2
    assert "R-002" in page.content.decode()
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "Budi" not in page.content.decode()


def test_the_qr_code_leads_to_the_office_s_own_address(client, office, draw, monkeypatch):
    Office.objects.update(public_url="https://pst.contoh.example/")
    seen = []
    monkeypatch.setattr("guestbook.views.kiosk.as_qr", lambda link: seen.append(link) or "data:,")
    visit = draw()

    client.get(f"/kios/tiket/{visit.token}/")

    assert seen == [f"https://pst.contoh.example/antrian/{visit.token}/"]


@pytest.mark.parametrize("known", ["phone", "email"])
def test_a_returning_visitor_types_again_and_the_kiosk_shows_no_stored_data(client, identity, draw, known):
    draw(name="Rahasia Contoh", agency="Dinas Rahasia", position="Analis Rahasia")
    typed = {known: identity[known], "form_token": identity["form_token"]}

    pages = [client.post("/kios/layanan/R/", typed).content.decode()]
    pages += [page(client, url, heading) for url, heading in PAGES.items()]
    pages += [page(client, "/kios/layanan/R/", PAGES["/kios/layanan/R/"], data=typed)]

    assert "Isi nama lengkap Anda." in pages[0]
    for shown in pages:
        assert "Rahasia" not in shown


@pytest.mark.parametrize("page", ["/kios/layanan/", "/kios/layanan/R/", "ticket"])
def test_every_page_after_the_welcome_page_has_the_countdown(client, draw, page):
    page = client.get(f"/kios/tiket/{draw().token}/" if page == "ticket" else page).content.decode()

    assert re.search(r'class="idle" role="timer" aria-live="off" data-idle="\d+"', " ".join(page.split()))
    assert "js/idle.js" in page


def test_an_unknown_ticket_is_not_found(client, office):
    assert client.get("/kios/tiket/tidak-ada/").status_code == 404


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2026-11-22T15:59:00Z", "2026-11-22T16:01:00Z", [date(2026, 11, 22), date(2026, 11, 23)]),
        ("2026-12-31T15:59:00Z", "2026-12-31T16:01:00Z", [date(2026, 12, 31), date(2027, 1, 1)]),
    ],
)
def test_numbers_begin_again_at_the_office_s_own_midnight(draw, before, after, days):
    with time_machine.travel(before, tick=False):  # 23.59 WITA
        first, second = draw(), draw()
    with time_machine.travel(after, tick=False):  # 00.01 WITA
        third = draw()

    assert [visit.ticket for visit in (first, second, third)] == ["R-001", "R-002", "R-001"]
    assert [second.day, third.day] == days


@pytest.mark.parametrize("hour", ["07:30", "23:59", "00:01"])
@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1)])
def test_a_number_belongs_to_the_office_s_own_day_at_every_hour(draw, day, hour):
    with time_machine.travel(timezone.make_aware(datetime.fromisoformat(f"{day} {hour}")), tick=False):
        visit = draw()

    assert (visit.day, visit.ticket) == (day, "R-001")


def test_numbers_do_not_begin_again_at_the_midnight_of_utc(draw):
    with time_machine.travel("2026-11-22T23:59:00Z", tick=False):
        draw()
    with time_machine.travel("2026-11-23T00:01:00Z", tick=False):
        assert draw().ticket == "R-002"


def test_each_service_counts_for_itself(draw):
    assert [draw("R").ticket, draw("K").ticket, draw("R").ticket] == ["R-001", "K-001", "R-002"]


def test_a_form_token_of_another_visitor_gives_no_second_number(draw):
    token = str(uuid.uuid4())

    assert draw(form_token=token) == draw("K", form_token=token)


def test_the_services_stand_in_the_order_of_the_office(client, office):
    Service.objects.filter(prefix="R").update(position=99)

    services = client.get("/kios/layanan/").context["services"]

    assert services.ordered
    assert [service.prefix for service in services][-1] == "R"
