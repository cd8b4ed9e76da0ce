import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.open_items import open_items

FS3 = INSTRUMENTS["FS3"]


def opened(fs3_answers, *remarked, unlocked=()):
    return open_items(FS3, fs3_answers, set(remarked), set(unlocked))


def test_only_an_item_with_a_remark_is_open(fs3_answers):
    assert opened(fs3_answers, "tujuan_survei") == {"tujuan_survei"}


def test_nothing_is_open_without_remark_or_unlock(fs3_answers):
    assert opened(fs3_answers) == frozenset()


def test_an_unlocked_item_is_open_beside_those_with_a_remark(fs3_answers):
    assert opened(fs3_answers, "tujuan_survei", unlocked=["pj_jabatan"]) == {"tujuan_survei", "pj_jabatan"}


def test_an_explanation_opens_with_the_answer_that_asks_for_it(fs3_answers):
    assert opened(fs3_answers, "uji_coba") == {"uji_coba", "uji_coba_uraian"}


def test_a_detail_alone_does_not_open_its_question(fs3_answers):
    assert opened(fs3_answers, "uji_coba_uraian") == {"uji_coba_uraian"}


def test_a_remark_on_the_first_item_of_a_line_opens_the_whole_line(fs3_answers):
    assert opened(fs3_answers, "pj_nama") == {"pj_nama", "pj_jabatan", "pj_telepon", "pj_fax", "pj_email"}


def test_a_remark_on_a_later_item_of_a_line_opens_only_that_one(fs3_answers):
    assert opened(fs3_answers, "pj_telepon") == {"pj_telepon"}


def test_block_vi_opens_with_the_method_of_sampling(fs3_answers):
    found = opened(fs3_answers | {"cara_pengumpulan": 1}, "metode_penelitian")

    assert {item.id for item in FS3.block("blok_6").items} <= found
    assert {"metode_nonprob", "metode_nonprob_uraian"} <= found
    assert "uji_coba" not in found


def test_an_item_ruled_out_by_a_locked_answer_stays_locked(fs3_answers):
    found = opened(fs3_answers | {"cara_pengumpulan": 2}, "metode_penelitian")

    assert found == {"metode_penelitian"}


def test_an_item_that_an_open_answer_makes_required_opens_too(fs3_answers):
    assert "tanggal_ketersediaan" in opened(fs3_answers, "produk_mikro")


def test_details_of_details_open(fs3_answers):
    assert "jenis_rancangan_sebutkan" in opened(fs3_answers, "cara_pengumpulan")


@pytest.mark.parametrize("answer", [1, 2, None, "sembarang"])
def test_the_own_answer_of_an_open_item_does_not_change_what_is_open(fs3_answers, answer):
    assert opened(fs3_answers | {"uji_coba": answer}, "uji_coba") == {"uji_coba", "uji_coba_uraian"}


def test_an_item_the_form_does_not_have_is_left_out(fs3_answers):
    assert opened(fs3_answers, "warna_kesukaan") == frozenset()
