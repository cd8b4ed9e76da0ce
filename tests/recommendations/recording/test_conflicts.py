"""Two pages answer the same item. No unseen answer is overwritten, and a page does not conflict with its own saves."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Recorder
from recommendations.recording.actions.conflicts import ChangedMeanwhile, Page
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.forms.answers import fingerprint
from tests.pages import page

SCRIPT = "<script>alert('x')</script>"


def test_an_answer_changed_meanwhile_by_another_officer_is_not_overwritten(
    petugas, budi, submission, post_item, stored
):
    with time_machine.travel(datetime(2026, 11, 24, 1, 40, tzinfo=UTC), tick=False):
        post_item(budi, submission, "uji_coba", "1")

    answer = post_item(petugas, submission, "uji_coba", "2")

    page = " ".join(answer.content.decode().split())
    assert (answer.status_code, answer["X-Conflict"]) == (409, "uji_coba")
    assert "Budi Contoh mengubah R.5.7 pukul 09.40. Bandingkan, lalu pilih isian yang dipakai." in page
    assert "<p>Ya</p>" in page
    assert "<p>Tidak</p>" in page
    assert stored(submission, "uji_coba") == 1


def test_an_officer_who_has_seen_the_other_answer_may_overwrite_it(petugas, budi, submission, post_item, stored):
    post_item(budi, submission, "uji_coba", "1")

    answer = post_item(petugas, submission, "uji_coba", "2", shown=1)

    assert answer.status_code == 200
    assert stored(submission, "uji_coba") == 2


def test_the_same_answer_typed_twice_is_no_conflict(petugas, budi, submission, post_item):
    post_item(budi, submission, "tanggal_ketersediaan", "9 Juli 2027")

    assert post_item(petugas, submission, "tanggal_ketersediaan", "9/7/2027").status_code == 200


def test_a_page_does_not_conflict_with_its_own_saves_even_if_the_answer_was_lost(
    petugas, submission, post_item, stored
):
    post_item(petugas, submission, "tujuan_survei", "Satu", page="halaman-a", turn="1")

    answer = post_item(petugas, submission, "tujuan_survei", "Satu dua", page="halaman-a", turn="2")

    assert answer.status_code == 200
    assert stored(submission, "tujuan_survei") == "Satu dua"


def test_a_save_that_was_held_up_on_its_way_does_not_undo_a_later_one(petugas, submission, post_item, stored):
    post_item(petugas, submission, "tujuan_survei", "Satu dua", page="halaman-a", turn="2")

    answer = post_item(petugas, submission, "tujuan_survei", "Satu", page="halaman-a", turn="1")

    assert answer.status_code == 200
    assert stored(submission, "tujuan_survei") == "Satu dua"


def test_another_page_of_the_same_officer_is_another_page(petugas, submission, post_item, stored):
    post_item(petugas, submission, "tujuan_survei", "Satu", page="halaman-a")

    answer = post_item(petugas, submission, "tujuan_survei", "Dua", page="halaman-b")

    assert answer.status_code == 409
    assert "Anda mengubah R.4.1" in answer.content.decode()
    assert stored(submission, "tujuan_survei") == "Satu"


@pytest.mark.parametrize("page", ["\0", "<b>", "x" * 100, ""])
def test_a_page_with_an_invalid_name_is_still_checked_for_conflicts(petugas, budi, submission, post_item, page):
    post_item(budi, submission, "uji_coba", "1", page=page, turn="9" * 30)

    assert post_item(petugas, submission, "uji_coba", "2", page=page, turn="\0").status_code == 409


def test_the_answer_brings_the_fingerprint_for_the_next_save(petugas, submission, post_item):
    answer = post_item(petugas, submission, "uji_coba", "1")

    assert answer["X-Fingerprint"] == fingerprint(submission.instrument.item("uji_coba"), 1)


@pytest.mark.parametrize(
    ("item_id", "typed", "shown"),
    [
        ("tanggal_ketersediaan", "9 Juli 2027", '{"tanggal_ketersediaan": "09/07/2027"}'),
        ("tanggal_ketersediaan", "31/02/2027", '{"tanggal_ketersediaan": "31/02/2027"}'),
        (
            "jadwal_lapangan",
            {"jadwal_lapangan-awal": "1-3-2027"},
            '{"jadwal_lapangan-awal": "01/03/2027", "jadwal_lapangan-akhir": ""}',
        ),
    ],
)
def test_a_date_comes_back_as_it_was_understood(petugas, submission, post_item, item_id, typed, shown):
    assert post_item(petugas, submission, item_id, typed)["X-Shown"] == shown


def test_a_conflict_in_a_table_shows_both_tables_row_by_row(petugas, budi, submission, post_item, stored):
    post_item(budi, submission, "wilayah", {"wilayah-0-kabkota": "Kota Banjarbaru", "wilayah-1-kabkota": SCRIPT})

    answer = post_item(
        petugas, submission, "wilayah", {"wilayah-0-kabkota": "Kota Banjarmasin", "wilayah-0-provinsi": "Kalsel"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kota Banjarbaru" in page
    assert "Kalsel, Kota Banjarmasin" in page
    assert SCRIPT not in page
    assert len(stored(submission, "wilayah")) == 2


def test_the_answer_to_a_save_brings_the_changes_of_another_officer(petugas, budi, submission, post_item):
    nothing = fingerprint(submission.instrument.item("uji_coba"), None)
    post_item(budi, submission, "uji_coba", "1")

    page = post_item(petugas, submission, "pelatihan", "2", **{"shown-uji_coba": nothing}).content.decode()

    assert 'id="r5-7"' in page
    assert 'name="uji_coba_uraian"' in page


def test_an_unchanged_item_is_not_redrawn(petugas, submission, post_item):
    nothing = fingerprint(submission.instrument.item("uji_coba"), None)

    page = post_item(petugas, submission, "pelatihan", "2", **{"shown-uji_coba": nothing}).content.decode()

    assert 'id="i-pelatihan_uraian"' in page
    assert 'id="r5-7"' not in page


def block_of(client, submission, block="blok_3"):
    return reverse("recommendations:record_block", args=[submission.pk, block])


def test_without_script_the_block_is_saved_but_for_what_another_officer_changed(
    client_of, petugas, budi, submission, stored
):
    empty = {f"shown-{item.id}": fingerprint(item, None) for item in submission.instrument.block("blok_3").items}
    save_answers(submission, {"survei_dilakukan": "1"}, by=budi)

    typed = {"survei_dilakukan": "2", "tipe_pengumpulan": "3"}
    answer = client_of(petugas).post(block_of(client_of, submission), empty | typed)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Budi Contoh mengubah R.3.1" in page
    assert (stored(submission, "survei_dilakukan"), stored(submission, "tipe_pengumpulan")) == (1, 3)


def test_without_script_a_conflicting_answer_stays_in_its_field_and_is_saved_the_second_time(
    client_of, petugas, budi, submission, stored
):
    item = submission.instrument.item("tujuan_survei")
    save_answers(submission, {"tujuan_survei": "Punya Budi"}, by=budi)
    address = block_of(client_of, submission, "blok_4")
    typed = {"tujuan_survei": "Punya Rina"}
    page = client_of(petugas).post(address, {"shown-tujuan_survei": fingerprint(item, None)} | typed).content.decode()

    theirs = fingerprint(item, "Punya Budi")
    assert ">\nPunya Rina</textarea>" in page
    assert f'name="shown-tujuan_survei" value="{theirs}"' in " ".join(page.split())
    client_of(petugas).post(address, {"shown-tujuan_survei": theirs} | typed)
    assert stored(submission, "tujuan_survei") == "Punya Rina"


def test_a_save_with_one_conflict_saves_none_of_its_answers(petugas, budi, submission, stored):
    save_answers(submission, {"uji_coba": 1}, by=budi)

    with pytest.raises(ChangedMeanwhile):
        save_answers(
            submission,
            {"uji_coba": 2, "pelatihan": 1},
            shown={"uji_coba": fingerprint(submission.instrument.item("uji_coba"), None)},
            by=petugas,
        )

    assert (stored(submission, "uji_coba"), stored(submission, "pelatihan")) == (1, None)


def test_a_save_from_elsewhere_that_saw_nothing_is_not_checked(petugas, budi, submission, stored):
    save_answers(submission, {"uji_coba": 1}, by=budi)

    save_answers(submission, {"uji_coba": 2}, page=Page(), by=petugas)

    assert stored(submission, "uji_coba") == 2


def keep(client, submission, **posted):
    return client.post(reverse("recommendations:keep_recording", args=[submission.pk, "blok_5"]), posted)


def test_the_second_officer_sees_the_first_and_the_first_the_second(client_of, petugas, budi, submission):
    with time_machine.travel(datetime(2026, 11, 24, 1, 42, tzinfo=UTC), tick=False):
        keep(client_of(petugas), submission)
        page = client_of(budi).get(block_of(client_of, submission)).content.decode()
        again = keep(client_of(budi), submission).content.decode()
        first = keep(client_of(petugas), submission).content.decode()

    assert "Rina Contoh sedang merekam formulir ini (09.42)." in page
    assert "Rina Contoh sedang merekam formulir ini (09.42)." in again
    assert "Budi Contoh sedang merekam formulir ini (09.42)." in first


def test_an_officer_is_no_longer_shown_after_two_minutes_without_a_sign(client_of, petugas, budi, submission):
    keep(client_of(petugas), submission)
    assert "Rina Contoh sedang merekam" in keep(client_of(budi), submission).content.decode()
    Recorder.objects.update(seen_at=timezone.now() - timedelta(minutes=2))

    answer = keep(client_of(budi), submission)

    assert answer.status_code == 200
    assert "sedang merekam" not in answer.content.decode()


def test_a_save_also_shows_that_an_officer_is_recording(client_of, petugas, budi, submission):
    save_answers(submission, {"uji_coba": 1}, by=petugas)

    assert "Rina Contoh sedang merekam" in keep(client_of(budi), submission).content.decode()


def test_opening_the_page_notes_no_recorder(client_of, petugas, submission):
    page(client_of(petugas), block_of(client_of, submission), "Survei ini dilakukan")
    assert Recorder.objects.count() == 0

    keep(client_of(petugas), submission)
    assert Recorder.objects.get().by == petugas


def test_the_open_page_hears_what_others_changed(client_of, petugas, budi, submission):
    save_answers(submission, {"uji_coba": 1}, by=budi)
    nothing = fingerprint(submission.instrument.item("uji_coba"), None)

    page = keep(client_of(petugas), submission, **{"shown-uji_coba": nothing}).content.decode()

    assert 'id="r5-7"' in page
