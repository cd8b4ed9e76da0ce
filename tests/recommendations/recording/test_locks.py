"""In a returned form, items with a remark are open. Each other item is opened with a reason."""

import pytest
from django.urls import reverse

from recommendations.examination.actions.examining import verify
from recommendations.models import Unlock
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.actions.unlocking import ItemLocked, unlock_item
from recommendations.workflow import Move, MoveNotAllowed
from tests.factories import recorded_submission

REASON = "pemohon mengubah jumlah petugas"


def block(client, submission, block_id):
    return client.get(reverse("recommendations:record_block", args=[submission.pk, block_id])).content.decode()


def unlock_page(submission):
    return reverse("recommendations:unlock_item", args=[submission.pk])


def test_in_the_first_round_everything_is_open(submission):
    assert len(submission.rounds.get().open_items) == len(submission.instrument.items)


def test_after_a_return_only_items_with_a_remark_are_open(returned):
    assert returned.rounds.last().open_items == {"tujuan_survei"}


@pytest.mark.parametrize("who", ["view", "action"])
def test_a_locked_item_is_refused_by_view_and_action(returned, petugas, post_item, stored, who):
    before = stored(returned, "jumlah_supervisor")

    if who == "view":
        answer = post_item(petugas, returned, "jumlah_supervisor", "99", shown=before)
        assert answer.status_code == 409
        assert "terkunci karena tidak diberi catatan" in answer.content.decode()
    else:
        with pytest.raises(ItemLocked, match=r"R\.5\.11|terkunci"):
            save_answers(returned, {"tujuan_survei": "x", "jumlah_supervisor": 99}, by=petugas)

    assert stored(returned, "jumlah_supervisor") == before
    assert stored(returned, "tujuan_survei") != "x"


def test_without_script_a_locked_item_is_refused_too(returned, client_of, petugas, stored):
    before = stored(returned, "pj_nama")

    answer = client_of(petugas).post(
        reverse("recommendations:record_block", args=[returned.pk, "blok_2"]), {"shown-pj_nama": "", "pj_nama": "x"}
    )

    assert answer.status_code == 409
    assert stored(returned, "pj_nama") == before


def test_a_locked_item_is_words_on_the_page_and_an_open_one_a_field(returned, client_of, petugas):
    page = block(client_of(petugas), returned, "blok_4")
    unlock_item(returned, item_id="variabel", reason=REASON, by=petugas)
    opened = block(client_of(petugas), returned, "blok_4")

    assert 'name="tujuan_survei"' in page
    assert 'name="variabel-0-nama"' not in page
    assert "Terkunci:" in page
    assert 'name="variabel-0-nama"' in opened


def test_an_item_is_opened_with_a_reason_and_the_pages_show_it(returned, client_of, petugas, stored):
    client = client_of(petugas)

    answer = client.post(unlock_page(returned), {"item": "jumlah_supervisor", "reason": f" {REASON} "})
    client.post(
        reverse("recommendations:save_item", args=[returned.pk, "jumlah_supervisor"]), {"jumlah_supervisor": "3"}
    )

    assert answer["Location"].endswith("/rekam/blok_5/#i-jumlah_supervisor")
    assert stored(returned, "jumlah_supervisor") == 3
    event = returned.events.get(move=Move.UNLOCK)
    assert (event.by, REASON in event.note) == (petugas, True)
    assert REASON in block(client, returned, "blok_5")
    record_complete(returned, by=petugas)
    assert REASON in client.get(reverse("recommendations:examine", args=[returned.pk])).content.decode()
    assert REASON in client.get(reverse("recommendations:round_detail", args=[returned.pk, 2])).content.decode()
    assert REASON in client.get(reverse("recommendations:round_compare", args=[returned.pk])).content.decode()


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({"item": "pj_nama", "reason": " "}, "Tulis alasannya"),
        ({"item": "pj_nama", "reason": "\u200b"}, "Tulis alasannya"),
        ({"item": "pj_nama", "reason": "x" * 401}, "Alasan terlalu panjang"),
        ({"item": "tujuan_survei", "reason": REASON}, "sudah terbuka atau tidak ada"),
        ({"item": "warna_kesukaan", "reason": REASON}, "sudah terbuka atau tidak ada"),
        ({"reason": REASON}, "Pilih isian yang akan dibuka."),
    ],
)
def test_opening_needs_an_item_and_a_reason(returned, client_of, petugas, posted, told):
    page = client_of(petugas).post(unlock_page(returned), posted).content.decode()

    assert told in page
    assert Unlock.objects.count() == 0


def test_opening_an_item_twice_is_one_event(returned, petugas):
    for _ in range(2):
        unlock_item(returned, item_id="pj_jabatan", reason=REASON, by=petugas)

    assert returned.events.filter(move=Move.UNLOCK).count() == 1


def test_opening_an_item_also_opens_its_details(returned, petugas):
    unlock_item(returned, item_id="uji_coba", reason=REASON, by=petugas)

    assert {"uji_coba", "uji_coba_uraian"} <= returned.rounds.last().open_items


def test_nothing_is_opened_in_a_form_that_is_not_recorded(petugas):
    submission = recorded_submission(petugas)

    with pytest.raises(MoveNotAllowed):
        unlock_item(submission, item_id="pj_nama", reason=REASON, by=petugas)


def test_in_the_first_round_there_is_nothing_to_open(submission, client_of, petugas):
    answer = client_of(petugas).get(unlock_page(submission), follow=True)

    assert "Semua isian sudah terbuka." in answer.content.decode()


def test_a_get_opens_nothing(returned, client_of, petugas):
    page = client_of(petugas).get(unlock_page(returned), {"isian": "pj_nama", "reason": REASON}).content.decode()

    assert '<option value="pj_nama" selected>' in page
    assert Unlock.objects.count() == 0


def test_a_returned_form_goes_all_the_way(returned, petugas):
    save_answers(returned, {"tujuan_survei": "Tujuan yang dirinci, dengan satu indikator."}, by=petugas)
    record_complete(returned, by=petugas)

    assert verify(returned, by=petugas).status == "verified"
