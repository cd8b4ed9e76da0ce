"""The panel of the letter on the page of its submission: download, send, hand over, close."""

import hashlib
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from office.formats import clock, short_date
from office.models import Mail, Pulse
from office.pulses import SILENT_AFTER, note_seen
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Applicant, Dispatch
from recommendations.submissions.rows import last_mails
from recommendations.workflow import Status
from tests.factories import signed_submission
from tests.pages import seal_of

pytestmark = pytest.mark.usefixtures("quick_paper")

DELIVERIES = ("send_letter", "hand_over")


def url(name: str, pk: int) -> str:
    return reverse(f"recommendations:{name}", args=[pk])


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


@pytest.fixture
def page(desk, letter):
    def shown() -> str:
        return desk.get(url("submission_detail", letter.submission_id)).content.decode()

    return shown


def post(desk, name: str, pk: int, **typed: str) -> str:
    """Post a form of the panel, with what the panel shows now, and return the page that follows."""
    panel = desk.get(url("submission_detail", pk)).content.decode() if name in DELIVERIES else ""
    shown = {"shown": seal_of(panel)} if 'name="shown"' in panel else {}
    typed = {"form_token": str(uuid.uuid4())} | shown | typed
    return desk.post(url(name, pk), typed, follow=True).content.decode()


@pytest.fixture(autouse=True)
def server(mail_server_at_will):
    return mail_server_at_will


@pytest.fixture
def send_refused(server):
    """Return a function that mails a dispatch to a server that does not know the address."""

    def refused(dispatch: Dispatch) -> None:
        server.behave(recipient="550 5.1.1 Kotak surat tidak ada")
        send_dispatch(dispatch.pk)
        server.behave()

    return refused


def test_before_the_pdf_is_drawn_the_panel_says_so_and_looks_again(page):
    words = page()

    assert "PDF sedang dibuat" in words
    assert 'hx-trigger="every 2s"' in words
    assert "Unduh PDF" not in words


def test_the_drawn_letter_is_downloaded_byte_for_byte(drawn, desk):
    answer = desk.get(url("letter_pdf", drawn.pk))

    number = drawn.number.replace("/", "-")
    assert hashlib.sha256(answer.content).hexdigest() == drawn.sha256
    assert answer["Content-Disposition"] == f'attachment; filename="Surat Rekomendasi {number}.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_the_kepala_downloads_it_too_and_the_admin_does_not(drawn, client_of, kepala, admin_user):
    assert client_of(kepala).get(url("letter_pdf", drawn.pk)).status_code == 200
    assert client_of(admin_user).get(url("letter_pdf", drawn.pk)).status_code == 403


def test_a_damaged_file_is_not_downloaded(drawn, desk):
    Path(drawn.pdf.path).write_bytes(b"%PDF another")

    page = desk.get(url("letter_pdf", drawn.pk), follow=True).content.decode()

    assert "hilang atau berubah" in page


def test_an_undrawn_letter_is_not_downloaded(letter, desk):
    page = desk.get(url("letter_pdf", letter.pk), follow=True).content.decode()

    assert "Coba lagi sebentar lagi" in page


def test_while_a_mail_is_under_way_a_second_one_is_refused(mail, desk):
    page = post(desk, "send_letter", mail.letter.submission_id, to="lain@contoh.example")

    assert "sedang dikirim" in page
    assert Dispatch.objects.count() == 1


def test_a_failed_mail_is_seen_and_repeated_with_one_press(mail, desk, page, send_refused):
    send_refused(mail)
    assert "Alamat ini ditolak server e-mail." in page()

    assert f"Dikirim lagi ke {mail.to}" in post(desk, "repeat_mail", mail.pk)

    mail.refresh_from_db()
    assert mail.mail.status == Mail.Status.WAITING


def test_a_mail_that_did_not_fail_is_not_repeated(mail, desk):
    assert "Tunggu hasilnya" in post(desk, "repeat_mail", mail.pk)


def test_after_a_failure_the_letter_goes_to_another_address(mail, desk, send_refused):
    send_refused(mail)

    post(desk, "send_letter", mail.letter.submission_id, to="lain@contoh.example")

    assert Dispatch.objects.get(to="lain@contoh.example").requested_by.username == "rina"


def test_a_double_click_on_send_asks_for_one_mail(mail, desk, send_refused):
    send_refused(mail)
    typed = {"to": "lain@contoh.example", "form_token": str(uuid.uuid4())}

    for _ in range(2):
        words = post(desk, "send_letter", mail.letter.submission_id, **typed)

    assert "Surat dikirim ke lain@contoh.example" in words
    assert Dispatch.objects.filter(to="lain@contoh.example").count() == 1


@pytest.mark.parametrize("typed", ["", "bukan alamat", "a@contoh.example\nBcc: b@contoh.example"])
def test_an_invalid_address_is_refused_with_a_message(mail, desk, typed, send_refused):
    send_refused(mail)

    page = post(desk, "send_letter", mail.letter.submission_id, to=typed)

    assert "Isi alamat e-mail." in page or "Belum lengkap" in page
    assert Dispatch.objects.count() == 1


def test_handing_over_twice_with_one_form_is_one_delivery(signed, desk):
    typed = {"to": "Budi Contoh", "form_token": str(uuid.uuid4())}

    for _ in range(2):
        words = post(desk, "hand_over", signed.submission_id, **typed)

    assert "Surat diserahkan kepada Budi Contoh." in words
    assert Dispatch.objects.filter(channel=Dispatch.Channel.PAPER).count() == 1
    signed.submission.refresh_from_db()
    assert signed.submission.status == Status.SENT


@pytest.mark.parametrize("name", ["send_letter", "hand_over"])
def test_a_form_of_another_letter_is_refused_in_words_and_its_own_form_is_taken(signed, desk, petugas, kepala, name):
    used = signed_submission(petugas, kepala).letter.dispatches.get()
    signed.dispatches.all().delete()  # no mail is under way
    typed = {"to": "budi@contoh.example"}

    refused = post(desk, name, signed.submission_id, form_token=str(used.form_token), **typed)
    after_refusal = signed.dispatches.count()
    post(desk, name, signed.submission_id, **typed)

    assert "Isian ini sudah dipakai untuk pengiriman lain." in refused
    assert after_refusal == 0
    assert signed.dispatches.get().to == "budi@contoh.example"


def test_the_form_of_a_hand_over_sends_no_mail(mail, desk, send_refused):
    send_refused(mail)
    typed = {"to": "budi@contoh.example", "form_token": str(uuid.uuid4())}
    post(desk, "hand_over", mail.letter.submission_id, **typed)

    words = post(desk, "send_letter", mail.letter.submission_id, **typed)

    assert "Isian ini sudah dipakai untuk pengiriman lain." in words
    assert Dispatch.objects.filter(to="budi@contoh.example").count() == 1


def test_a_suggested_address_that_changed_meanwhile_gets_no_mail(mail, desk, page, send_refused):
    send_refused(mail)
    old, shown = mail.letter.submission.applicant.email, seal_of(page())
    Applicant.objects.update(email="baru@contoh.example")

    words = post(desk, "send_letter", mail.letter.submission_id, to=old, shown=shown)
    after_refusal = Dispatch.objects.count()
    post(desk, "send_letter", mail.letter.submission_id, to="baru@contoh.example")

    assert f"alamat e-mail pemohon kini baru@contoh.example, bukan lagi {old}." in words
    assert 'value="baru@contoh.example"' in words
    assert after_refusal == 1
    assert Dispatch.objects.filter(to="baru@contoh.example").exists()


def test_an_address_of_ones_own_does_not_mind_that_the_applicants_changed(mail, desk, page, send_refused):
    send_refused(mail)
    shown = seal_of(page())
    Applicant.objects.update(email="baru@contoh.example")

    post(desk, "send_letter", mail.letter.submission_id, to="lain@contoh.example", shown=shown)

    assert Dispatch.objects.filter(to="lain@contoh.example").exists()


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_delivery_of_a_colleague_is_read_before_the_next_one(mail, desk, page, send_refused, name):
    send_refused(mail)
    shown = seal_of(page())
    post(desk, "hand_over", mail.letter.submission_id, to="Budi Contoh")

    words = post(desk, name, mail.letter.submission_id, to="sari@contoh.example", shown=shown)
    after_refusal = Dispatch.objects.count()
    post(desk, name, mail.letter.submission_id, to="sari@contoh.example", again="1")

    assert "Ada pengiriman baru sejak halaman ini dibuka:" in words
    assert "kepada Budi Contoh, oleh Rina Contoh." in words
    assert after_refusal == 2
    assert Dispatch.objects.filter(to="sari@contoh.example").exists()


@pytest.mark.parametrize("sent", ["", "x", "a" * 10_000])
@pytest.mark.parametrize("name", DELIVERIES)
def test_a_panel_that_does_not_say_what_it_showed_delivers_nothing(mail, desk, send_refused, name, sent):
    send_refused(mail)

    words = post(desk, name, mail.letter.submission_id, to="sari@contoh.example", shown=sent)

    assert "Halaman ini sudah terlalu lama terbuka." in words
    assert Dispatch.objects.count() == 1


def test_the_submission_is_closed_once_the_letter_has_arrived(mail, desk):
    assert "tidak dapat dilakukan" in post(desk, "close_submission", mail.letter.submission_id)
    send_dispatch(mail.pk)

    assert re.search(r"Permohonan \d+/\d+ selesai", post(desk, "close_submission", mail.letter.submission_id))


def test_after_closing_nothing_can_be_sent(mail, desk, page):
    send_dispatch(mail.pk)
    post(desk, "close_submission", mail.letter.submission_id)

    assert "Kirim e-mail" not in page()
    assert "tidak dapat dilakukan" in post(desk, "send_letter", mail.letter.submission_id, to="lain@contoh.example")


@pytest.mark.parametrize("name", ["send_letter", "hand_over", "close_submission"])
def test_only_users_who_send_letters_may_act_and_only_by_post(drawn, client_of, kepala, desk, name):
    assert client_of(kepala).post(url(name, drawn.submission_id)).status_code == 403
    assert desk.get(url(name, drawn.submission_id)).status_code == 405


@pytest.mark.parametrize(
    ("answers", "state", "words"),
    [
        ({"message": "250 2.0.0 Ok: queued as 4bXyZ1"}, "Diserahkan ke server e-mail", "queued as 4bXyZ1"),
        ({"recipient": "451 4.7.1 Greylisted"}, "Ditunda", "mencoba lagi sendiri"),
        ({"recipient": "550 5.1.1"}, "Ditolak", "Periksa alamatnya"),
        ({"after": "hangs up"}, "Hasil tidak diketahui", "tanyakan penerima dahulu"),
    ],
)
def test_each_state_of_the_mail_is_shown_in_words_with_what_to_do(mail, server, page, answers, state, words):
    server.behave(**answers)
    send_dispatch(mail.pk)

    shown = page()

    assert state in shown
    assert words in shown


def test_an_unknown_result_is_decided_on_the_page(mail, server, desk, page):
    server.behave(after="hangs up")
    send_dispatch(mail.pk)
    offered = page()

    after = post(desk, "mail_arrived", mail.pk)

    assert "Kirim lagi" in offered
    assert url("mail_arrived", mail.pk) in offered
    assert "dianggap sampai" in after
    assert url("mail_arrived", mail.pk) not in after
    mail.letter.submission.refresh_from_db()
    assert mail.letter.submission.status == Status.SENT


def test_a_bounce_is_entered_with_its_reason(mail, server, desk, page):
    send_dispatch(mail.pk)

    without_reason = post(desk, "mail_bounced", mail.pk, reason=" ")
    after = post(desk, "mail_bounced", mail.pk, reason="5.1.1 alamat tidak dikenal")

    assert "Isi sebab e-mail kembali." in without_reason
    assert "Kembali, tidak sampai" in after
    assert "5.1.1 alamat tidak dikenal" in after
    assert "Surat terbit" in after


def test_a_mail_whose_text_was_deleted_says_so(mail, server, desk, page):
    send_dispatch(mail.pk)
    Mail.objects.update(body="", file="", blanked_at=mail.requested_at)

    assert "isi sudah dihapus" in page()


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (None, "Lihat pengiriman"),
        (Mail.Status.PUT_OFF, "Lihat e-mail yang ditunda"),
        (Mail.Status.UNKNOWN, "Pastikan surat sampai"),
        (Mail.Status.REFUSED, "Perbaiki pengiriman"),
        (Mail.Status.BOUNCED, "Kirim dengan cara lain"),
    ],
)
def test_the_list_names_the_step_that_the_last_mail_needs(mail, server, desk, state, verb):
    before = desk.get(reverse("recommendations:submission_list")).content.decode()
    if state:
        server.behave(recipient="550 5.1.1 Kotak surat tidak ada")
        send_dispatch(mail.pk)
        Mail.objects.update(status=state)

    after = desk.get(reverse("recommendations:submission_list")).content.decode()

    assert "Lihat pengiriman" in before
    assert verb in after
    assert "Kirim surat" not in after


def test_a_letter_that_was_never_mailed_is_to_be_sent(desk, petugas, kepala):
    signed_submission(petugas, kepala)
    Dispatch.objects.all().delete()

    assert "Kirim surat" in desk.get(reverse("recommendations:submission_list")).content.decode()


def test_the_last_mails_of_a_list_are_one_query(mail, petugas, kepala, django_assert_num_queries):
    both = [signed_submission(petugas, kepala), mail.letter.submission]

    with django_assert_num_queries(1):
        found = last_mails(both)

    assert found == {one.pk: Mail.Status.WAITING for one in both}


def test_the_panel_says_that_the_worker_is_silent(mail, desk, page):
    seen_at = timezone.now() - SILENT_AFTER - timedelta(minutes=1)
    never = page()

    note_seen(Pulse.Part.WORKER, seen_at)
    silent = page()
    note_seen(Pulse.Part.WORKER, timezone.now())
    alive = page()

    assert "Pekerja belum pernah memberi tanda, beri tahu admin." in never
    assert f"Pekerja tidak memberi tanda sejak {short_date(seen_at)} {clock(seen_at)}, beri tahu admin." in silent
    assert "Surat rekomendasi" in alive
    assert "Pekerja" not in alive
