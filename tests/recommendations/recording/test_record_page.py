import threading
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Round
from recommendations.recording.actions import saving
from recommendations.recording.actions.saving import save_answers
from recommendations.workflow import Move, Status
from tests.factories import SubmissionFactory, ready_submission, recorded_submission

FS3 = INSTRUMENTS["FS3"]


def address(name, submission, *more):
    return reverse(f"recommendations:{name}", args=[submission.pk, *more])


def save(client, submission, item_id, **typed):
    return client.post(
        address("save_item", submission, item_id), {name.replace("__", "-"): value for name, value in typed.items()}
    )


def answers(submission):
    return submission.rounds.get(recorded_at=None).answers


@pytest.mark.parametrize(
    ("item_id", "typed", "stored"),
    [
        ("judul_survei", {"judul_survei": " Survei  Contoh "}, "Survei Contoh"),
        ("tujuan_survei", {"tujuan_survei": "Satu\r\nDua"}, "Satu\nDua"),
        ("cara_pengumpulan", {"cara_pengumpulan": "1"}, 1),
        ("metode_pengumpulan", {"metode_pengumpulan": ["4", "1"]}, [1, 4]),
        ("uji_coba", {"uji_coba": "2"}, 2),
        ("jumlah_supervisor", {"jumlah_supervisor": "12"}, 12),
        ("tahun_kegiatan", {"tahun_kegiatan": "2027"}, 2027),
        ("tanggal_ketersediaan", {"tanggal_ketersediaan": "9 Juli 2027"}, "2027-07-09"),
        ("jadwal_lapangan", {"jadwal_lapangan__awal": "1/3/2027"}, {"awal": "2027-03-01", "akhir": None}),
        ("pj_telepon", {"pj_telepon": "0511-3354221 ext 12"}, "0511-3354221 ext 12"),
        ("pj_email", {"pj_email": "a@contoh.example"}, "a@contoh.example"),
        ("instansi_kabkota", {"instansi_kabkota": "Kota Banjarmasin"}, "Kota Banjarmasin"),
        (
            "wilayah",
            {
                "wilayah__0__provinsi": "Kalimantan Selatan",
                "wilayah__0__kabkota": "Kota Banjarmasin",
                "wilayah__1__kabkota": " ",
            },
            [{"provinsi": "Kalimantan Selatan", "kabkota": "Kota Banjarmasin"}],
        ),
    ],
)
def test_an_answer_of_every_kind_is_saved(client_p, submission, item_id, typed, stored):
    answer = save(client_p, submission, item_id, **typed)

    assert answer.status_code == 200
    assert answers(submission)[item_id] == stored


def test_a_saved_answer_shows_its_time_and_the_progress_of_the_form(client_p, submission):
    with time_machine.travel(datetime(2026, 11, 23, 1, 42, 17, tzinfo=UTC), tick=False):
        page = save(client_p, submission, "uji_coba", uji_coba="2").content.decode()

    assert "Tersimpan 09.42.17" in page
    assert "2 dari 44" in page
    assert 'id="s-blok_5"' in page


def test_an_impossible_date_is_saved_as_typed_with_a_finding(client_p, submission):
    page = save(client_p, submission, "tanggal_ketersediaan", tanggal_ketersediaan="31/02/2027").content.decode()

    assert answers(submission)["tanggal_ketersediaan"] == "31/02/2027"
    assert "Tanggal 31/02/2027 tidak ada. Tulis seperti 28/02/2027." in page
    again = client_p.get(address("record_block", submission, "blok_7")).content.decode()
    assert 'value="31/02/2027"' in again


def test_saving_an_answer_returns_the_items_it_opens_but_not_its_own_control(client_p, submission):
    whole = client_p.get(address("record_block", submission, "blok_5")).content.decode()
    page = save(client_p, submission, "cakupan_wilayah", cakupan_wilayah="2").content.decode()

    assert 'name="wilayah-0-provinsi"' in page
    assert 'name="cakupan_wilayah"' in whole
    assert 'name="cakupan_wilayah"' not in page


def test_an_item_that_an_answer_closes_becomes_a_line_with_the_reason(client_p, submission):
    save(client_p, submission, "cara_pengumpulan", cara_pengumpulan="1")

    page = save(client_p, submission, "cara_pengumpulan", cara_pengumpulan="2").content.decode()

    assert "Dilewati karena R.5.1 berkode 2." in page
    assert 'id="r5-5"' in page
    assert 'id="r5-7"' not in page


def test_an_answer_in_a_part_that_is_skipped_afterwards_is_kept_and_shown(client_p, submission, petugas):
    save_answers(submission, {"uji_coba": 1, "uji_coba_uraian": "Tiga puluh orang"}, by=petugas)

    page = save(client_p, submission, "uji_coba", uji_coba="2").content.decode()

    assert "Tiga puluh orang" in page
    assert "Isian dari kertas tetap disimpan" in page


def test_the_sum_of_the_codes_comes_back(client_p, submission):
    page = save(client_p, submission, "metode_pengumpulan", metode_pengumpulan=["1", "4"]).content.decode()

    assert "Jumlah kode 05" in page


def test_an_unknown_item_is_refused_in_words(client_p, submission):
    answer = save(client_p, submission, "warna_kesukaan", warna_kesukaan="biru")

    assert answer.status_code == 400
    assert answer.content.decode() == "Isian tidak dikenal: warna_kesukaan"


def test_nothing_is_saved_into_a_submission_that_is_not_being_recorded(client_p, petugas):
    submission = recorded_submission(petugas)
    before = submission.rounds.get().answers

    answer = save(client_p, submission, "uji_coba", uji_coba="2")

    assert answer.status_code == 409
    assert "berstatus Pemeriksaan" in answer.content.decode()
    assert submission.rounds.get().answers == before


@pytest.mark.parametrize("page", ["record", "attachments"])
def test_a_closed_submission_leads_to_its_page_with_the_reason(client_p, petugas, page):
    submission = recorded_submission(petugas)

    answer = client_p.get(address(page, submission), follow=True)

    assert answer.redirect_chain[-1][0] == address("submission_detail", submission)
    assert "tidak dapat direkam lagi" in answer.content.decode()


def test_without_script_the_whole_block_is_saved(client_p, submission):
    shown = {f"shown-{item.id}": "" for item in FS3.block("blok_3").items}

    client_p.post(address("record_block", submission, "blok_3"), shown | {"survei_dilakukan": "2", "frekuensi": "6"})

    assert {"survei_dilakukan": 2, "frekuensi": 6}.items() <= answers(submission).items()


def test_without_script_a_block_does_not_undo_what_another_officer_changed_meanwhile(client_p, submission, petugas):
    page = client_p.get(address("record_block", submission, "blok_3"))
    shown = {
        f"shown-{drawn.item.id}": _shown(page, drawn.item.id) for line in page.context["lines"] for drawn in line.parts
    }
    save_answers(submission, {"tipe_pengumpulan": "3"}, by=petugas)

    client_p.post(address("record_block", submission, "blok_3"), shown | {"survei_dilakukan": "1"})

    assert {"survei_dilakukan": 1, "tipe_pengumpulan": 3}.items() <= answers(submission).items()


def _shown(page, item_id):
    from recommendations.recording.forms.answers import fingerprint

    return fingerprint(FS3.item(item_id), page.context["current"].answers.get(item_id))


def test_a_block_takes_no_item_of_another_form(client_p, submission):
    answer = client_p.post(address("record_block", submission, "blok_3"), {"shown-pendapatan": "", "pendapatan": "1"})

    assert answer.status_code == 400
    assert "<h1>Permintaan ini tidak dapat dibaca</h1>" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_save_two_items_at_once_keep_both(petugas, client_of, submission):
    start = threading.Barrier(2)

    def type_in(item_id, code):
        start.wait()
        save(client_of(petugas), submission, item_id, **{item_id: code})
        connection.close()

    threads = [threading.Thread(target=type_in, args=pair) for pair in (("uji_coba", "1"), ("pelatihan", "2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {"uji_coba": 1, "pelatihan": 2}.items() <= answers(submission).items()


@pytest.mark.parametrize("block", [block.id for block in FS3.blocks])
def test_every_item_of_every_block_is_on_its_page(client_p, submission, block):
    page = client_p.get(address("record_block", submission, block)).content.decode()

    assert all(f'id="i-{item.id}"' in page for item in FS3.block(block).items)


@pytest.mark.parametrize("block", [block.id for block in INSTRUMENTS["FP-KPA"].blocks])
def test_the_other_form_is_recorded_on_the_same_screen(client_p, office, block):
    submission = SubmissionFactory(instrument_code="FP-KPA")

    page = client_p.get(address("record_block", submission, block)).content.decode()

    assert all(f'id="i-{item.id}"' in page for item in INSTRUMENTS["FP-KPA"].block(block).items)


def test_an_unknown_block_is_not_found(client_p, submission):
    assert client_p.get(address("record_block", submission, "blok_99")).status_code == 404


@pytest.mark.parametrize(("typed", "place"), [("5.10", "blok_5/#r5-10"), ("R.7.5", "blok_7/#r7-5")])
def test_a_number_leads_to_its_line(client_p, submission, typed, place):
    answer = client_p.get(address("record", submission), {"ke": typed})

    assert answer["Location"].endswith(place)


def test_an_unknown_line_number_has_a_message(client_p, submission):
    page = client_p.get(address("record", submission), {"ke": "9.9"}, follow=True).content.decode()

    assert "Rincian 9.9 tidak ada pada FS3." in page


def test_declaring_an_incomplete_form_stays_and_says_what_is_missing(client_p, submission):
    answer = client_p.post(address("record_complete", submission))

    page = answer.content.decode()
    submission.refresh_from_db()
    assert (answer.status_code, submission.status) == (422, Status.RECORDING)
    assert "Judul Survei belum diisi." in page
    assert f"{address('record_block', submission, 'blok_4')}#i-tujuan_survei" in page
    assert f"{address('attachments', submission)}#id_cover_number" in page


def test_a_complete_form_is_declared_and_leads_to_its_receipt(client_p, petugas):
    submission = ready_submission(petugas)

    with time_machine.travel(datetime(2026, 11, 20, 6, 5, tzinfo=UTC)):
        answer = client_p.post(address("record_complete", submission), follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address("receipt", submission)
    assert "Kamis, 7 Januari 2027" in page
    assert "hari kerja ke-30" in page
    assert "Jumat, 20 November 2026 pukul 14.05 WITA" in page
    assert "tidak dipungut biaya" in page
    assert "sementara" not in page


def test_the_event_names_officer_and_account(client_p, petugas):
    submission = ready_submission(petugas)

    client_p.post(address("record_complete", submission))

    event = submission.events.get(move=Move.RECORD)
    assert event.by == petugas
    assert submission.applicant.account in event.note


def test_a_provisional_date_is_printed_as_such(client_p, petugas):
    submission = recorded_submission(petugas)
    Round.objects.update(due_is_provisional=True)

    page = client_p.get(address("receipt", submission)).content.decode()

    assert "sementara" in page


def test_there_is_no_receipt_before_the_form_is_complete(client_p, submission):
    answer = client_p.get(address("receipt", submission))

    assert answer["Location"] == address("submission_detail", submission)


def test_after_a_return_the_remarks_are_at_their_items_and_the_old_round_is_readable(client_p, petugas):
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon sebutkan indikator.", by=petugas)
    return_to_applicant(submission, by=petugas)
    save_answers(submission, {"tujuan_survei": "Tujuan yang baru"}, by=petugas)

    page = client_p.get(address("record_block", submission, "blok_4")).content.decode()
    old = client_p.get(address("round_detail", submission, 1)).content.decode()

    assert "Mohon sebutkan indikator." in page
    assert "Mohon sebutkan indikator." in old
    assert "Tujuan yang baru" in page
    assert "Tujuan yang baru" not in old


def test_a_save_asks_the_database_equally_often_for_a_full_form(client_p, petugas, submission):
    save(client_p, submission, "uji_coba", uji_coba="1")
    with CaptureQueriesContext(connection) as few:
        save(client_p, submission, "uji_coba", uji_coba="2")
    saving.save_answers(submission, ready_submission(petugas).rounds.get().answers, by=petugas)

    with CaptureQueriesContext(connection) as many:
        answer = save(client_p, submission, "uji_coba", uji_coba="1")

    assert answer.status_code == 200
    assert len(many) == len(few)


READ = ["submission_detail", "receipt"]
RECORD = ["record", "attachments"]


@pytest.mark.parametrize("name", READ + RECORD)
def test_only_permitted_roles_see_each_page(client, client_of, petugas, kepala, admin_user, submission, name):
    seen = {
        who.username: client_of(who).get(address(name, submission)).status_code for who in (petugas, kepala, admin_user)
    }

    may_kepala = 403 if name in RECORD else seen["rina"]
    assert seen["rina"] in (200, 302)
    assert (seen["siti"], seen["agus"]) == (may_kepala, 403)
    assert client.get(address(name, submission))["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", ["save_item", "record_complete", "submission_cancel"])
def test_only_the_officer_may_act(client, client_of, kepala, admin_user, submission, name):
    place = address(name, submission, *(["uji_coba"] if name == "save_item" else []))

    refused = [client_of(who).post(place, {"uji_coba": "1"}).status_code for who in (kepala, admin_user)]

    assert refused == [403, 403]
    assert client.post(place)["Location"].startswith(reverse("login"))
    assert "uji_coba" not in answers(submission)


@pytest.mark.parametrize("name", ["save_item", "record_complete", "submission_cancel"])
def test_a_get_changes_nothing(client_p, submission, name):
    place = address(name, submission, *(["uji_coba"] if name == "save_item" else []))

    assert client_p.get(place).status_code == 405
