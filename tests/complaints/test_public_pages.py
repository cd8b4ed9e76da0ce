import html
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from complaints import guesses
from complaints.actions.handling import answer, close_complaint
from complaints.models import Complaint
from guestbook.models import Visit
from office.device_actions import make_code
from office.formats import long_date
from office.models import ClockMark, Device
from tests.factories import assigned_complaint, new_complaint, paper
from tests.pages import page

ASKS = "Apa yang ingin Anda adukan?"
THANKS = "Terima kasih, pengaduan Anda kami terima"


def typed(**facts) -> dict:
    return {"text": "Antrian panjang.", "form_token": str(uuid.uuid4())} | facts


def opened(complaint: Complaint) -> Client:
    """Return a browser in which the code of the complaint was typed."""
    browser = Client()
    browser.post("/pengaduan/ikuti/", {"code": complaint.shown_code})
    return browser


def test_the_page_asks_for_no_name_and_says_what_is_true(client, office):
    shown = page(client, "/pengaduan/", ASKS)

    assert re.findall(r"<details[^>]*>", shown) == ['<details class="wide" >']
    assert "pengaduan dicatat dengan kode, bukan nama Anda" in shown


def test_a_complaint_without_a_name_gets_a_code_that_is_shown_once(client, kepala):
    first = client.post("/pengaduan/", typed(element="waktu"), follow=True).content.decode()
    second = page(client, "/pengaduan/terkirim/", ASKS, follow=True)

    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.element, complaint.is_anonymous) == ("page", "waktu", True)
    assert complaint.shown_code in first
    assert "Pengaduan dicatat dengan kode, bukan nama Anda." in first
    assert complaint.shown_code not in second


@pytest.mark.parametrize("address", ["/pengaduan/", "/kios/pengaduan/"])
def test_the_receipt_says_until_when_and_where_to_read_the_answer(client, office, kepala, address):
    shown = client.post(address, typed(), follow=True).content.decode()

    assert long_date(Complaint.objects.get().first_due_on) in shown
    assert office.full_address("/pengaduan/ikuti/") in shown
    assert 'src="data:image/svg+xml' in shown
    assert ("data-copy-from" in shown, "data-print" in shown) == ((False, False) if "kios" in address else (True, True))


def test_a_reporter_with_a_name_is_not_told_that_the_name_is_left_out(client, kepala):
    shown = client.post("/pengaduan/", typed(reporter_name="Budi Contoh"), follow=True).content.decode()

    assert Complaint.objects.get().reporter_name == "Budi Contoh"
    assert THANKS in shown
    assert "bukan nama Anda" not in shown


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"text": " \n "}, "Tulis pengaduan Anda."),
        ({"text": "x" * 4001}, "Paling panjang 4.000 huruf."),
        ({"reporter_email": "budi"}, "Belum lengkap, contoh"),
        ({"form_token": "abc"}, "Halaman ini sudah terlalu lama terbuka."),
        ({"element": "nama"}, "Pilih salah satu dari daftar."),
    ],
)
def test_a_form_that_cannot_be_saved_says_why_and_keeps_what_was_typed(client, kepala, facts, words):
    answered = client.post("/pengaduan/", typed() | facts)
    shown = html.unescape(answered.content.decode())

    assert answered.status_code == 422
    assert Complaint.objects.count() == 0
    assert ASKS in shown
    assert words in shown


def test_a_script_in_a_complaint_stays_text(client_of, client, kepala):
    client.post("/pengaduan/", typed(text="<script>alert(1)</script>"))

    shown = page(client_of(kepala), f"/aduan/{Complaint.objects.get().key}/", "Isi dan percakapan")

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_file_that_is_not_what_it_says_is_refused_with_the_whole_form(client, kepala):
    lie = SimpleUploadedFile("bukti.pdf", b"MZ not a pdf", content_type="application/pdf")

    shown = client.post("/pengaduan/", typed(papers=[lie])).content.decode()

    assert "bukti.pdf:" in shown
    assert Complaint.objects.count() == 0


def test_files_are_kept_with_the_complaint(client, kepala):
    client.post("/pengaduan/", typed(papers=[paper("a.pdf", "A"), paper("b.pdf", "B")]))

    assert sorted(Complaint.objects.get().files.values_list("name", flat=True)) == ["berkas-1.pdf", "berkas-2.pdf"]


def test_four_files_at_once_are_too_many(client, kepala):
    files = [paper(f"{number}.pdf", str(number)) for number in range(4)]

    assert "Paling banyak 3 berkas" in client.post("/pengaduan/", typed(papers=files)).content.decode()
    assert Complaint.objects.count() == 0


def test_a_form_sent_twice_makes_one_complaint(client, kepala):
    same = typed()

    for _ in range(2):
        client.post("/pengaduan/", same)

    assert Complaint.objects.count() == 1


def test_a_kiosk_complaint_draws_no_number_and_asks_no_name(client, office, kepala):
    welcome = page(client, "/kios/", "Ambil nomor antrian")
    assert 'href="/kios/pengaduan/"' in welcome

    form = page(client, "/kios/pengaduan/", ASKS)
    shown = client.post("/kios/pengaduan/", typed(), follow=True).content.decode()

    complaint = Complaint.objects.get()
    assert 'type="file"' not in form
    assert (complaint.channel, complaint.is_anonymous) == ("kiosk", True)
    assert complaint.shown_code in shown
    assert 'data-idle="60"' in shown
    assert Visit.objects.count() == 0


def test_the_kiosk_forgets_the_code_for_the_next_visitor(client, office, kepala):
    client.post("/kios/pengaduan/", typed())
    code = Complaint.objects.get().shown_code
    assert all(code in page(client, "/kios/pengaduan/terkirim/", THANKS) for _ in range(2))

    with time_machine.travel(timezone.now() + timedelta(seconds=76), tick=False):
        later = client.get("/kios/pengaduan/terkirim/")

    assert later["Location"] == "/kios/"


def test_the_welcome_page_of_the_kiosk_forgets_the_code(client, office, kepala):
    client.post("/kios/pengaduan/", typed())
    client.head("/kios/")  # kiosk.js asks whether the server answers, then opens the next page
    assert Complaint.objects.get().shown_code in page(client, "/kios/pengaduan/terkirim/", THANKS)

    page(client, "/kios/", "Ambil nomor antrian")

    assert client.get("/kios/pengaduan/terkirim/")["Location"] == "/kios/"


def test_a_kiosk_that_is_not_paired_takes_no_complaint(client, office):
    office.devices_required = True
    office.save()

    assert client.post("/kios/pengaduan/", typed()).status_code == 403
    assert client.get("/pengaduan/").status_code == 200
    assert Complaint.objects.count() == 0


def test_the_code_opens_the_conversation_and_stands_in_no_address(client, kepala):
    complaint = new_complaint()

    answered = client.post("/pengaduan/ikuti/", {"code": f" {complaint.shown_code.lower()} "})
    shown = page(client, answered["Location"], "Percakapan")

    assert answered["Location"] == "/pengaduan/percakapan/"
    assert "Antrian panjang." in shown
    assert complaint.shown_code not in shown


@pytest.mark.parametrize("typed_text", ["7KQF-M2XD-9RTA-C4WH", "{:.8}", "x", "0"])
def test_a_wrong_code_or_half_of_one_opens_nothing(client, kepala, typed_text):
    complaint = new_complaint()

    answered = client.post("/pengaduan/ikuti/", {"code": typed_text.format(complaint.code)})
    shown = answered.content.decode()

    assert answered.status_code == 422
    assert "Tidak ada pengaduan dengan kode ini." in shown
    assert client.get("/pengaduan/percakapan/")["Location"] == "/pengaduan/ikuti/"


@pytest.mark.usefixtures("one_minute")
def test_guesses_of_one_device_are_limited_and_another_one_is_not_locked_out(kepala):
    complaint, guesser, owner = new_complaint(), Client(), Client()
    for browser in (guesser, owner):
        browser.get("/pengaduan/ikuti/")

    answers = [
        post_with_token(guesser, f"7KQF-M2XD-9RTA-C{number:03}".replace("0", "A").replace("1", "B"))
        for number in range(22, 34)
    ]
    mine = post_with_token(owner, complaint.shown_code)

    assert [answer.status_code for answer in answers] == [422] * guesses.TRIES_A_MINUTE + [429] * 2
    assert mine["Location"] == "/pengaduan/percakapan/"


def post_with_token(browser: Client, code: str):
    """Type the code in this browser, with its own CSRF cookie, as a real browser sends it."""
    page_text = browser.get("/pengaduan/ikuti/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page_text)[1]
    return browser.post("/pengaduan/ikuti/", {"code": code, "csrfmiddlewaretoken": token})


@pytest.mark.usefixtures("one_minute")
def test_one_code_is_tried_ten_times_a_minute_by_all_devices_together(kepala):
    wrong = {"code": "7KQF-M2XD-9RTA-C4WH"}

    answers = []
    for _ in range(guesses.TRIES_A_MINUTE + 1):
        browser = Client()
        browser.get("/pengaduan/ikuti/")
        answers.append(browser.post("/pengaduan/ikuti/", wrong).status_code)

    assert answers == [422] * guesses.TRIES_A_MINUTE + [429]


@pytest.mark.usefixtures("one_minute")
def test_one_device_writes_five_complaints_a_minute_and_loses_no_text(client, kepala):
    client.get("/pengaduan/")
    for _ in range(guesses.COMPLAINTS_A_MINUTE):
        client.post("/pengaduan/", typed())

    refused = client.post("/pengaduan/", typed(text="Yang keenam."))

    assert refused.status_code == 429
    assert "Yang keenam." in refused.content.decode()
    assert Complaint.objects.count() == guesses.COMPLAINTS_A_MINUTE


@pytest.mark.usefixtures("one_minute")
def test_all_devices_together_write_no_more_than_a_city(kepala, monkeypatch):
    monkeypatch.setattr(guesses, "ALL_COMPLAINTS_A_MINUTE", 2)

    codes = []
    for _ in range(3):
        browser = Client()
        browser.get("/pengaduan/")
        codes.append(browser.post("/pengaduan/", typed()).status_code)

    assert codes == [302, 302, 429]


def test_a_flood_does_not_close_the_form_for_a_browser_that_opened_it_before(office, kepala, monkeypatch):
    monkeypatch.setattr(guesses, "ALL_COMPLAINTS_A_MINUTE", 0)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = Client()
        browser.get("/pengaduan/")
        at_once = browser.post("/pengaduan/", typed()).status_code
        clock.shift(guesses.KNOWN_AFTER)
        codes = [browser.post("/pengaduan/", typed()).status_code for _ in range(guesses.COMPLAINTS_A_MINUTE + 1)]

    assert at_once == 429
    assert codes == [302] * guesses.COMPLAINTS_A_MINUTE + [429]


def test_known_browsers_together_have_a_limit_too(office, kepala, monkeypatch):
    monkeypatch.setattr(guesses, "KNOWN_COMPLAINTS_A_MINUTE", 2)
    browsers = [Client() for _ in range(3)]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for browser in browsers:
            browser.get("/pengaduan/")
        clock.shift(guesses.KNOWN_AFTER)
        codes = [browser.post("/pengaduan/", typed()).status_code for browser in browsers]

    assert codes == [302, 302, 429]


def test_a_flood_does_not_close_the_paired_kiosk(office, kepala, monkeypatch):
    for name in ("ALL_COMPLAINTS_A_MINUTE", "KNOWN_COMPLAINTS_A_MINUTE"):
        monkeypatch.setattr(guesses, name, 0)
    kiosk, stranger = Client(), Client()
    device = Device.objects.create(name="Kiosk", kind=Device.Kind.KIOSK)
    kiosk.post("/pasang/", {"code": make_code(device, by=None)})

    assert [one.post("/kios/pengaduan/", typed()).status_code for one in (kiosk, stranger)] == [302, 429]


def test_the_conversation_closes_by_itself_and_by_a_button(kepala):
    complaint = new_complaint()
    browser, left = opened(complaint), opened(complaint)

    left.post("/pengaduan/percakapan/tutup/")
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        later = browser.get("/pengaduan/percakapan/")

    assert later["Location"] == left.get("/pengaduan/percakapan/")["Location"] == "/pengaduan/ikuti/"


@pytest.mark.parametrize("act", ["ikuti", "percakapan", "percakapan/tulis", "percakapan/nilai", "percakapan/tutup"])
def test_a_browser_of_a_colleague_is_no_reporter(petugas, kepala, act):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    close_complaint(complaint, outcome="done", note="Loket ditambah.", by=petugas)
    browser, send = opened(complaint), act != "percakapan"
    browser.force_login(petugas)  # the session of the reporter goes on as the officer's

    typed_in = {"code": complaint.shown_code, "text": "Saya puas.", "is_satisfied": "puas"}
    refused = browser.post(f"/pengaduan/{act}/", typed_in) if send else browser.get(f"/pengaduan/{act}/")

    complaint.refresh_from_db()
    assert refused.status_code == 403
    assert "Percakapan dibuka oleh pelapor sendiri" in refused.content.decode()
    assert (complaint.is_satisfied, complaint.messages.count()) == (None, 1)
    assert "complaint_followed" not in browser.session


def test_the_page_shows_the_officers_answer_without_their_name(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    answer(complaint, text="Mohon maaf.", by=petugas)

    shown = page(opened(complaint), "/pengaduan/percakapan/", "Mohon maaf.")

    assert petugas.name not in shown


def test_both_sides_write_without_an_account(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    browser = opened(complaint)

    browser.post("/pengaduan/percakapan/tulis/", typed(text="Masih panjang.", papers=[paper("foto.pdf")]))

    assert complaint.messages.get().text == "Masih panjang."
    assert complaint.files.get().name == "berkas-1.pdf"
    assert "Terkirim." in page(browser, "/pengaduan/percakapan/", "Percakapan")


def test_an_empty_message_is_not_saved(kepala):
    complaint = new_complaint()

    answered = opened(complaint).post("/pengaduan/percakapan/tulis/", typed(text=" "))

    assert answered.status_code == 422
    assert "Tulis pesan, atau pilih berkas." in answered.content.decode()
    assert complaint.messages.count() == 0


@pytest.mark.usefixtures("one_minute")
def test_too_many_messages_in_a_minute_are_refused_and_the_last_one_stays_on_the_page(kepala):
    browser = opened(new_complaint())
    texts = [f"Pesan ke-{number}." for number in range(guesses.POSTS_A_MINUTE_BY_CODE + 1)]

    answers = [browser.post("/pengaduan/percakapan/tulis/", typed(text=text)) for text in texts]

    assert [answer.status_code for answer in answers[-2:]] == [302, 429]
    assert "Terlalu sering dikirim." in answers[-1].content.decode()
    assert answers[-1].context["form"]["text"].value() == texts[-1]
    assert answers[-1]["Retry-After"] == "60"


def test_an_unsatisfied_reporter_reopens_it_on_the_page(petugas, kepala):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    close_complaint(complaint, outcome="done", note="Loket ditambah.", by=petugas)
    browser = opened(complaint)
    assert "Apakah Anda puas" in page(browser, "/pengaduan/percakapan/", "Loket ditambah.")

    without_choice = browser.post("/pengaduan/percakapan/nilai/", {"text": "Belum berubah."})
    without_why = browser.post("/pengaduan/percakapan/nilai/", {"is_satisfied": "belum"})
    cache.clear()
    browser.post("/pengaduan/percakapan/nilai/", {"is_satisfied": "belum", "text": "Belum berubah."})

    complaint.refresh_from_db()
    assert (without_choice.status_code, without_why.status_code) == (422, 422)
    assert "Pilih puas atau belum puas." in without_choice.content.decode()
    assert without_choice.context["rating"]["text"].value() == "Belum berubah."
    assert "Tulis apa yang belum selesai" in without_why.content.decode()
    assert without_why.context["rating"]["is_satisfied"].value() == "belum"
    assert complaint.status == "reopened"
    assert "Apakah Anda puas" not in page(browser, "/pengaduan/percakapan/", "Belum berubah.")


def test_a_get_of_an_act_changes_nothing(kepala):
    browser = opened(new_complaint())

    codes = {browser.get(f"/pengaduan/percakapan/{act}/").status_code for act in ("tulis", "nilai", "tutup")}

    assert codes == {405}
    assert "Percakapan" in page(browser, "/pengaduan/percakapan/", "Percakapan")


@pytest.mark.parametrize("address", ["/pengaduan/", "/kios/pengaduan/"])
def test_a_clock_that_is_behind_takes_nothing_and_loses_no_text(client, kepala, address):
    ClockMark.objects.create(pk=ClockMark.ONLY, seen_at=timezone.now() + timedelta(days=1))

    refused = client.post(address, typed())

    assert refused.status_code == 409
    assert "Antrian panjang." in refused.content.decode()
    assert "Jam komputer kantor mundur" in refused.content.decode()
    assert Complaint.objects.count() == 0


def test_a_form_with_a_used_token_and_another_text_is_shown_again_with_a_new_token(client, office):
    token = str(uuid.uuid4())
    client.post("/pengaduan/", {"text": "Antrian panjang.", "form_token": token})

    again = client.post("/pengaduan/", {"text": "Parkir penuh.", "form_token": token})
    new = again.context["form"]["form_token"].value()
    client.post("/pengaduan/", {"text": "Parkir penuh.", "form_token": new})

    assert again.status_code == 409
    assert "Parkir penuh." in again.content.decode()
    assert {one.text for one in Complaint.objects.all()} == {"Antrian panjang.", "Parkir penuh."}
