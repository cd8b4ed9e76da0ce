from dataclasses import replace

import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.conditions import All, AnyOf, Has, Is, is_required, is_shown, why_skipped

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]


@pytest.mark.parametrize(
    ("form", "item_id", "answers", "why"),
    [
        (FS3, "frekuensi", {"survei_dilakukan": 1}, "Dilewati karena R.3.1 berkode 1."),
        (FS3, "frekuensi", {}, "Diisi bila R.3.1 berkode 2."),
        (FS3, "frekuensi", {"survei_dilakukan": 2}, ""),
        (FS3, "wilayah", {"cakupan_wilayah": 1}, "Dilewati karena R.5.2 berkode 1."),
        (FS3, "metode_penelitian", {"cara_pengumpulan": 2}, "Dilewati karena R.5.1 berkode 2."),
        (FS3, "metode_nonprob", {"cara_pengumpulan": 1, "metode_penelitian": 1}, "Dilewati karena R.5.5 berkode 1."),
        (FS3, "metode_nonprob", {"cara_pengumpulan": 1}, "Diisi bila R.5.5 berkode 2."),
        (FS3, "metode_nonprob", {}, "Diisi bila R.5.1 berkode 1 dan R.5.5 berkode 2."),
        (FS3, "metode_nonprob", {"metode_penelitian": 1}, "Dilewati karena R.5.5 berkode 1."),
        (FS3, "metode_nonprob", {"cara_pengumpulan": 1, "metode_penelitian": 2}, ""),
        (FS3, "kerangka_sampel", {"cara_pengumpulan": 2}, "Dilewati karena R.5.1 berkode 2."),
        (FS3, "metode_pengumpulan_lainnya", {"metode_pengumpulan": [1]}, "Dilewati karena R.5.4 tidak memuat kode 16."),
        (FS3, "metode_pengumpulan_lainnya", {"metode_pengumpulan": []}, "Diisi bila R.5.4 memuat kode 16."),
        (FS3, "metode_pengumpulan_lainnya", {"metode_pengumpulan": [1, 16]}, ""),
        (FPKPA, "tanggal_publikasi", {"produk_cetak": 2, "produk_elektronik": 2}, "Dilewati karena R.7.5 berkode 2."),
        (FPKPA, "tanggal_publikasi", {"produk_cetak": 2}, "Diisi bila R.7.5 berkode 1."),
        (FPKPA, "tanggal_publikasi", {"produk_cetak": 2, "produk_elektronik": 1}, ""),
        (FPKPA, "wilayah", {"cakupan_wilayah": 1}, "Dilewati karena R.5.5 berkode 1."),
    ],
)
def test_a_skipped_item_says_why(form, item_id, answers, why):
    item = form.item(item_id)

    assert why_skipped(form, item, answers) == why
    assert is_shown(form, item, answers) == (why == "")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"cara_pengumpulan": 1, "metode_penelitian": 1}, ""),
        ({"cara_pengumpulan": 1, "metode_penelitian": 2}, "Dilewati karena R.5.5 berkode 2."),
        ({"cara_pengumpulan": 2, "metode_penelitian": 1}, "Dilewati karena R.5.1 berkode 2."),
        ({"cara_pengumpulan": 1}, "Diisi bila R.5.5 berkode 1."),
    ],
)
def test_block_vi_is_for_probability_samples_only(answers, why):
    block = FS3.block("blok_6")

    shown = [is_shown(FS3, item, answers) for item in block.items if item.id != "jenis_rancangan_sebutkan"]

    assert why_skipped(FS3, block, answers) == why
    assert shown == [why == ""] * 9
    assert is_shown(FS3, block, answers) == (why == "")


def test_a_stored_frequency_has_no_effect_when_the_survey_is_held_once():
    answers = {"survei_dilakukan": 1, "frekuensi": 9}

    assert not is_required(FS3, FS3.item("frekuensi_lainnya"), answers)
    assert is_required(FS3, FS3.item("frekuensi_lainnya"), answers | {"survei_dilakukan": 2})


def test_the_day_of_publication_is_required_once_anything_is_published_but_never_skipped_on_fs3():
    item = FS3.item("tanggal_ketersediaan")

    assert is_shown(FS3, item, {"produk_cetak": 2})
    assert not is_required(FS3, item, {"produk_cetak": 2})
    assert is_required(FS3, item, {"produk_cetak": 2, "produk_makro": 1})


def test_an_item_filled_in_by_bps_is_never_required():
    item = replace(FS3.item("identitas_rekomendasi"), required=True)

    assert not is_required(FS3, item, {})
    assert is_required(FS3, replace(item, filled_by_bps=False), {})


@pytest.mark.parametrize("junk", ["x", "16", ["x"], {"a": 1}, [[]], 3.5, None])
def test_a_malformed_answer_meets_no_condition(junk):
    answers = {"survei_dilakukan": junk, "metode_pengumpulan": junk}

    assert why_skipped(FS3, FS3.item("frekuensi"), answers) == "Diisi bila R.3.1 berkode 2."
    assert not is_shown(FS3, FS3.item("metode_pengumpulan_lainnya"), answers)


def test_conditions_combine():
    both, either = All(Is("a", 1), Has("b", 4)), AnyOf(Is("a", 1), Has("b", 4))

    assert both.holds({"a": 1, "b": [2, 4]})
    assert not both.holds({"a": 1, "b": [2]})
    assert either.holds({"a": 2, "b": [4]})
    assert not either.holds({"a": 2})
    assert both.item_ids() == either.item_ids() == {"a", "b"}
    assert (both.code_of("b"), either.code_of("a"), both.code_of("c")) == (4, 1, None)
