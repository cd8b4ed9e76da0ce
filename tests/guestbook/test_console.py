from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit, Visitor
from guestbook.reception import figures_on, journey
from guestbook.workflow import Move, Status
from office.models import Counter, Device
from tests.factories import SubmissionFactory, UserFactory, VisitFactory, VisitorFactory
from tests.pages import page

ACTS = ["panggil", "panggil-ulang", "mulai", "selesai", "tidak-hadir", "kembalikan", "batal", "catatan"]
PAGES = ["/loket/", "/loket/1/", "/loket/1/antrian/"]


def status_of(visit: Visit) -> str:
    return Visit.objects.get(pk=visit.pk).status


def texts(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["kepala", "admin_user", None])
def test_only_an_officer_moves_a_visit(request, client, client_of, called, act, role):
    signed_in = client_of(request.getfixturevalue(role)) if role else client
    before = Visit.objects.values().get(pk=called.pk)

    answer = signed_in.post(f"/loket/1/{called.pk}/{act}/", {"note": "x"})

    assert answer.status_code == (403 if role else 302)
    assert role or answer["Location"].startswith("/masuk/")
    assert Visit.objects.values().get(pk=called.pk) == before


@pytest.mark.parametrize("role", ["kepala", "admin_user", None])
def test_only_an_officer_calls_the_next(request, client, client_of, office, role):
    visit = VisitFactory()
    signed_in = client_of(request.getfixturevalue(role)) if role else client

    answer = signed_in.post("/loket/1/panggil-berikutnya/")

    assert answer.status_code == (403 if role else 302)
    assert status_of(visit) == Status.WAITING


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("role", "status"), [("petugas", 200), ("kepala", 403), ("admin_user", 403), (None, 302)])
def test_the_counter_s_pages_are_the_officer_s(request, client, client_of, office, page, role, status):
    signed_in = client_of(request.getfixturevalue(role)) if role else client

    assert signed_in.get(page).status_code == status


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_link_does_nothing(client_of, petugas, called, act):
    assert client_of(petugas).get(f"/loket/1/{called.pk}/{act}/").status_code == 405
    assert status_of(called) == Status.CALLED


def test_a_visit_goes_from_the_queue_to_the_end_of_service_through_the_buttons(client_of, petugas, office):
    desk = client_of(petugas)
    visit = VisitFactory()

    reached = []
    for address in ("panggil-berikutnya", f"{visit.pk}/panggil-ulang", f"{visit.pk}/mulai", f"{visit.pk}/selesai"):
        answer = desk.post(f"/loket/1/{address}/", follow=True)
        assert answer.status_code == 200
        reached.append(status_of(visit))

    assert reached == [Status.CALLED, Status.CALLED, Status.SERVING, Status.SERVED]
    assert texts(answer) == ["R-001 selesai. Tunjukkan halaman penilaian kepada pengunjung."]
    assert "Kode QR halaman penilaian R-001" in answer.content.decode()
    assert [event.who for event in visit.events.all()] == [petugas.name] * 4


def test_a_missed_visitor_can_be_called_again_or_put_back_into_the_queue(client_of, petugas, called):
    desk = client_of(petugas)

    reached = []
    for act in ("tidak-hadir", "panggil", "tidak-hadir", "kembalikan"):
        desk.post(f"/loket/1/{called.pk}/{act}/")
        reached.append(status_of(called))

    assert reached == [Status.NO_SHOW, Status.CALLED, Status.NO_SHOW, Status.WAITING]


def test_a_visitor_missed_at_another_counter_can_be_called_here(client_of, petugas, called):
    actions.miss(called, by=petugas)

    client_of(petugas).post(f"/loket/2/{called.pk}/panggil/")

    assert Visit.objects.get(pk=called.pk).counter.number == 2


@pytest.mark.parametrize(
    ("act", "times", "words"),
    [
        ("mulai", 2, "Kunjungan ini dilayani; “Mulai dilayani” tidak dapat dilakukan lagi."),
        ("tidak-hadir", 2, "Kunjungan ini tidak hadir; “Tidak hadir” tidak dapat dilakukan lagi."),
        ("kembalikan", 2, "Kunjungan ini menunggu; “Kembalikan ke antrian” tidak dapat dilakukan lagi."),
        ("selesai", 1, "Kunjungan ini dipanggil; “Selesai” tidak dapat dilakukan lagi."),
    ],
)
def test_a_second_click_says_so_and_doubles_nothing(client_of, petugas, called, act, times, words):
    desk = client_of(petugas)
    for _ in range(times - 1):
        desk.post(f"/loket/1/{called.pk}/{act}/", follow=True)
    events = called.events.count()

    answer = desk.post(f"/loket/1/{called.pk}/{act}/", follow=True)

    assert texts(answer) == [words]
    assert called.events.count() == events


def test_calling_next_twice_calls_one_person(client_of, petugas, office):
    VisitFactory.create_batch(2)
    desk = client_of(petugas)
    desk.post("/loket/1/panggil-berikutnya/", follow=True)

    answer = desk.post("/loket/1/panggil-berikutnya/", follow=True)

    assert texts(answer) == ["Selesaikan R-001 dahulu."]
    assert Visit.objects.active().count() == 1


def test_a_busy_counter_cannot_call_a_missed_visitor(client_of, petugas, counter, called):
    actions.miss(called, by=petugas)
    busy = actions.call(VisitFactory(), counter, by=petugas)

    answer = client_of(petugas).post(f"/loket/1/{called.pk}/panggil/", follow=True)

    assert texts(answer) == [f"Selesaikan {busy} dahulu."]
    assert status_of(called) == Status.NO_SHOW


def test_calling_an_empty_queue_says_so(client_of, petugas, office):
    answer = client_of(petugas).post("/loket/1/panggil-berikutnya/", follow=True)

    assert texts(answer) == ["Belum ada yang menunggu."]


def test_a_counter_does_not_move_the_visitor_of_another(client_of, petugas, serving):
    answer = client_of(petugas).post(f"/loket/2/{serving.pk}/selesai/", follow=True)

    assert texts(answer) == ["R-001 tidak lagi di Loket 2."]
    assert status_of(serving) == Status.SERVING


def test_priority_is_first_in_the_queue(client_of, petugas, office):
    VisitFactory.create_batch(2)
    VisitFactory(priority=Visit.Priority.ASKED)

    queue = client_of(petugas).get("/loket/1/").context["queue"]

    assert [str(visit) for visit in queue.waiting] == ["R-003", "R-001", "R-002"]


def test_the_buttons_are_those_of_the_workflow(client_of, petugas, called):
    desk = client_of(petugas)

    page = desk.get("/loket/1/").content.decode()
    for act in ("mulai", "panggil-ulang", "tidak-hadir", "kembalikan", "batal"):
        assert f'formaction="/loket/1/{called.pk}/{act}/"' in page
    assert f"/loket/1/{called.pk}/selesai/" not in page

    actions.start(called, by=petugas)
    page = desk.get("/loket/1/").content.decode()
    assert f'formaction="/loket/1/{called.pk}/selesai/"' in page
    assert f"/loket/1/{called.pk}/tidak-hadir/" not in page
    assert 'title="Sudah dimulai' in page


def test_the_visitor_s_submissions_are_listed_with_the_way_to_record_them(client_of, petugas, called):
    submission = SubmissionFactory(visit=called, officer=petugas, title="Survei Contoh")

    page = client_of(petugas).get("/loket/1/").content.decode()

    assert "Survei Contoh" in page
    assert f'href="/permohonan/{submission.pk}/rekam/"' in page
    assert f'href="/permohonan/baru/?kunjungan={called.pk}"' in page


def test_the_history_shows_earlier_visits_of_the_same_person_only(client_of, petugas, counter):
    same_phone = VisitFactory(visitor=VisitorFactory(phone="+628111", email=""))
    same_email = VisitFactory(visitor=VisitorFactory(phone="", email="SARI@contoh.example"))
    VisitFactory(visitor=VisitorFactory(phone="", email=""))
    visit = VisitFactory(visitor=VisitorFactory(phone="+628111", email="sari@contoh.example"))
    VisitFactory(visitor=VisitorFactory(phone="+628111"))
    actions.call(visit, counter, by=petugas)

    history = client_of(petugas).get("/loket/1/").context["history"]

    assert list(history) == [same_email, same_phone]


def test_a_visitor_without_phone_and_email_has_no_history(office):
    earlier = VisitFactory(visitor=VisitorFactory(phone="", email=""))
    visit = VisitFactory(visitor=VisitorFactory(phone="", email=""))

    assert list(Visit.objects.earlier_of_person(visit)) == []
    Visitor.objects.update(email="budi@contoh.example")
    visit.visitor.refresh_from_db()
    assert list(Visit.objects.earlier_of_person(visit)) == [earlier]


def test_the_note_saves_itself_and_says_when(client_of, petugas, serving):
    answer = client_of(petugas).post(
        f"/loket/1/{serving.pk}/catatan/", {"note": "Membawa kuesioner."}, headers={"hx-request": "true"}
    )

    assert Visit.objects.get(pk=serving.pk).note == "Membawa kuesioner."
    assert "Tersimpan" in answer.content.decode()


def test_the_note_is_kept_without_script_too_and_one_too_long_is_refused(client_of, petugas, serving):
    desk = client_of(petugas)
    desk.post(f"/loket/1/{serving.pk}/catatan/", {"note": "Pertama"})

    answer = desk.post(f"/loket/1/{serving.pk}/catatan/", {"note": "x" * 2001}, follow=True)

    assert texts(answer) == ["Paling panjang 2000 huruf. Singkatkan; sekarang 2001 huruf."]
    assert Visit.objects.get(pk=serving.pk).note == "Pertama"


def test_the_queue_pane_is_answered_with_304_until_the_queue_changes(morning, client_of, petugas, draw):
    desk = client_of(petugas)
    etag = desk.get("/loket/1/antrian/?hadir=")["ETag"]

    unchanged = desk.get("/loket/1/antrian/?hadir=", headers={"if-none-match": etag})
    draw()
    changed = desk.get("/loket/1/antrian/?hadir=", headers={"if-none-match": etag})

    assert unchanged.status_code == 304
    assert "R-001" in changed.content.decode()


def test_the_minutes_of_a_waiting_visitor_increase_without_any_move(morning, client_of, petugas, draw):
    draw()
    desk = client_of(petugas)
    etag = desk.get("/loket/1/antrian/?hadir=")["ETag"]

    morning.shift(timedelta(minutes=1))
    answer = desk.get("/loket/1/antrian/?hadir=", headers={"if-none-match": etag})

    assert "terlama 1 menit" in answer.content.decode()


@pytest.mark.parametrize(("loses", "status"), [("session", 302), ("role", 403)])
def test_a_user_who_has_lost_access_gets_no_304(morning, client_of, petugas, office, loses, status):
    desk = client_of(petugas)
    etag = desk.get("/loket/1/antrian/?hadir=")["ETag"]

    desk.logout() if loses == "session" else petugas.groups.clear()

    assert desk.get("/loket/1/antrian/?hadir=", headers={"if-none-match": etag}).status_code == status


BOARD_SEEN = "2026-11-23T01:00:10Z"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"last_seen_at": BOARD_SEEN}, ""),
        ({"last_seen_at": BOARD_SEEN, "is_mute": True}, "Suara papan ruang tunggu mati."),
        ({"last_seen_at": "2026-11-23T00:59:54Z"}, "Papan ruang tunggu tidak terhubung."),
        ({"last_seen_at": None}, "Papan ruang tunggu tidak terhubung."),
        ({"last_seen_at": None, "revoked_at": BOARD_SEEN}, ""),
        ({"last_seen_at": None, "key_hash": ""}, ""),
        ({"last_seen_at": None, "kind": "kiosk"}, ""),
    ],
)
def test_the_officer_sees_whether_a_paired_board_shows_and_says_the_calls(
    morning, client_of, petugas, office, facts, words
):
    Device.objects.create(**{"kind": "board", "name": "ruang tunggu", "key_hash": "a" * 64} | facts)
    desk = client_of(petugas)

    for url in ("/loket/1/", "/loket/1/antrian/?hadir="):
        text = page(desk, url, "Belum ada yang menunggu.")
        assert words in text
        assert ("ruang tunggu" in text) == bool(words)


def test_a_board_that_goes_silent_is_seen_by_the_officer_without_any_move(morning, client_of, petugas, office):
    Device.objects.create(kind="board", name="ruang tunggu", key_hash="a" * 64, last_seen_at=timezone.now())
    desk = client_of(petugas)
    etag = desk.get("/loket/1/antrian/?hadir=")["ETag"]

    morning.shift(timedelta(seconds=16))
    answer = desk.get("/loket/1/antrian/?hadir=", headers={"if-none-match": etag})

    assert "tidak terhubung" in answer.content.decode()


def test_a_call_does_not_wait_for_a_board(client_of, petugas, called):
    Device.objects.create(kind="board", name="ruang tunggu", key_hash="a" * 64)

    client_of(petugas).post(f"/loket/1/{called.pk}/panggil-ulang/")

    called.refresh_from_db()
    assert called.times_called == 2


def test_the_queue_pane_asks_for_the_page_when_the_visitor_is_another_one(client_of, petugas, called):
    desk = client_of(petugas)

    same = desk.get(f"/loket/1/antrian/?hadir={called.pk}.called")
    other = desk.get("/loket/1/antrian/?hadir=")

    assert same.status_code == 200
    assert "HX-Refresh" not in same
    assert other["HX-Refresh"] == "true"


@pytest.mark.parametrize("page", PAGES)
def test_a_long_queue_needs_no_more_queries(client_of, petugas, counter, page):
    desk = client_of(petugas)
    actions.call(VisitFactory(), counter, by=petugas)
    present = Visit.objects.active().get()
    address = f"{page}?hadir={present.pk}.called"
    VisitFactory.create_batch(2)
    VisitFactory(status=Status.NO_SHOW, counter=counter, called_at=timezone.now())

    few = queries_of(desk, address)
    VisitFactory.create_batch(18, priority=Visit.Priority.ASKED)
    VisitFactory.create_batch(5, status=Status.NO_SHOW, counter=counter, called_at=timezone.now())

    assert queries_of(desk, address) == few


def queries_of(desk, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    return len(queries)


def test_the_figures_count_today_and_a_recall_does_not_lengthen_the_wait(petugas, counter, office):
    now = timezone.now()
    for minutes in (4, 10):
        visit = VisitFactory(taken_at=now - timezone.timedelta(minutes=minutes))
        actions.call(visit, counter, by=petugas)
        visit.events.filter(move=Move.CALL).update(at=now)
        actions.recall(visit, by=petugas)
        visit.events.filter(move=Move.RECALL).update(at=now + timezone.timedelta(minutes=30))
        actions.miss(visit, by=petugas)
    VisitFactory()
    VisitFactory(day=timezone.localdate() - timezone.timedelta(days=1), number=1, status=Status.SERVED)

    figures = figures_on(timezone.localdate())

    assert (figures.waiting, figures.served, figures.missed, figures.median_wait) == (1, 0, 2, 7)


def test_the_journey_shows_the_four_times_and_where_the_visitor_is(serving):
    places = journey(serving)

    assert [place.kind for place in places] == ["done", "done", "now", ""]
    assert places[1].words == "Dipanggil, 1 kali"


def test_the_list_of_counters_shows_the_officer_who_called_last(client_of, petugas, called):
    actions.start(called, by=petugas)
    UserFactory()

    rows = client_of(petugas).get("/loket/").context["rows"]

    assert [(row["counter"].number, row["visit"]) for row in rows] == [(1, called), (2, None)]


def test_an_unknown_counter_is_not_found(client_of, petugas, office):
    Counter.objects.filter(number=9).delete()

    assert client_of(petugas).get("/loket/9/").status_code == 404
