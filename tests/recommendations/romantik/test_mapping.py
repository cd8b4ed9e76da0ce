"""Every row of the table FS3 | FP-KPA | MS-Keg, and every code that is converted."""

from collections import defaultdict

import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.romantik.mapping import MAPPING
from recommendations.romantik.questions import MSKEG
from recommendations.romantik.rows import RomantikFacts, beside_items, romantik_blocks

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]
TABLE = [
    # FS3, FP-KPA, MS-Keg; "" where a form does not ask
    ("1.1", "1.1", "1.1"),
    ("1.2", "1.2", "1.2"),
    ("2.2", "2.2", "2.2"),
    ("3.1", "5.1", "4.1"),
    ("3.2", "5.2", "4.2"),
    ("3.3", "5.3", "4.3"),
    ("4.1", "3.1", "3.2"),
    ("4.2", "IV", "3.4"),
    ("5.2", "5.5", "4.4"),
    ("5.3", "5.6", "4.5"),
    ("5.4", "5.4", "4.6"),
    ("5.5", "", "5.2"),
    ("5.6 6.3", "", "5.3"),
    ("5.7", "", "6.1"),
    ("5.8", "6.1", "6.4"),
    ("5.9", "6.2", "6.5"),
    ("5.10", "6.4", "6.7"),
    ("5.11", "6.3", "6.6"),
    ("6.1", "", "5.1"),
    ("6.2", "", "5.4"),
    ("6.4", "", "5.5"),
    ("6.5", "", "5.7"),
    ("6.6", "", "5.6"),
    ("6.7", "", "5.8"),
    ("7.1", "7.1", "7.1"),
    ("7.2", "7.4", "7.4"),
    ("7.3", "7.2", "7.2"),
    ("", "7.3", "7.3"),
    ("7.4", "7.5", "8.1"),
    ("7.6", "7.6", "8.2"),
    ("7.5", "3.2", "3.3"),
]


def numbers(form):
    """Return for each number of MS-Keg the numbers of the paper form that answer it."""
    found = defaultdict(set)
    for name, rule in MAPPING[form.code].items():
        found[MSKEG.item(name).number] |= {form.item(source).number for source in rule.sources}
    found.pop("sampul")
    return {number: " ".join(sorted(sources)) for number, sources in found.items()}


@pytest.mark.parametrize(("form", "column"), [(FS3, 0), (FPKPA, 1)], ids=["FS3", "FP-KPA"])
def test_the_mapping_is_the_table(form, column):
    assert numbers(form) == {row[2]: row[column] for row in TABLE if row[column]}


def row(form, name, answers, extras=None, **facts):
    blocks = romantik_blocks(form, answers, extras or {}, RomantikFacts(**facts))
    return next(row for block in blocks for row in block.rows if row.item.id == name)


SURVEY = {"cara_pengumpulan": 1}
PROBABILITY = SURVEY | {"metode_penelitian": 1}
OTHERWISE = SURVEY | {"metode_penelitian": 2}
RECODED = [
    # (form, question of MS-Keg, answers on paper, code of MS-Keg or None when the officer decides)
    (FS3, "cara", {"cara_pengumpulan": 1}, 2),
    (FS3, "cara", {"cara_pengumpulan": 2}, 1),
    (FPKPA, "cara", {}, 3),
    (FS3, "dilakukan", {"survei_dilakukan": 1}, 1),
    (FS3, "dilakukan", {"survei_dilakukan": 2}, 2),
    (FPKPA, "dilakukan", {"kegiatan_dilakukan": 1}, 1),
    (FPKPA, "dilakukan", {"kegiatan_dilakukan": 2}, 2),
    *((FS3, "frekuensi", {"survei_dilakukan": 2, "frekuensi": code}, code) for code in range(1, 9)),
    (FS3, "frekuensi", {"survei_dilakukan": 2, "frekuensi": 9}, None),
    (FPKPA, "frekuensi", {"kegiatan_dilakukan": 2, "frekuensi": 1}, 3),
    (FPKPA, "frekuensi", {"kegiatan_dilakukan": 2, "frekuensi": 2}, 4),
    (FPKPA, "frekuensi", {"kegiatan_dilakukan": 2, "frekuensi": 3}, 7),
    (FPKPA, "frekuensi", {"kegiatan_dilakukan": 2, "frekuensi": 4}, None),
    (FS3, "tipe", {"tipe_pengumpulan": 1}, None),
    (FS3, "tipe", {"tipe_pengumpulan": 2}, 3),
    (FS3, "tipe", {"tipe_pengumpulan": 3}, 2),
    (FPKPA, "tipe", {"jenis_data": 1}, None),
    (FPKPA, "tipe", {"jenis_data": 2}, 3),
    (FPKPA, "tipe", {"jenis_data": 3}, None),
    (FS3, "cakupan", {"cakupan_wilayah": 1}, 1),
    (FPKPA, "cakupan", {"cakupan_wilayah": 2}, 2),
    (FS3, "metode", {"metode_pengumpulan": [1, 2]}, [1]),
    (FS3, "metode", {"metode_pengumpulan": [2, 4, 8]}, [1, 2, 4]),
    (FS3, "metode", {"metode_pengumpulan": [16], "metode_pengumpulan_lainnya": "Sensor"}, [16]),
    (FPKPA, "metode", {"metode_pengumpulan": [1]}, [2]),
    (FPKPA, "metode", {"metode_pengumpulan": [2]}, [8]),
    (FPKPA, "metode", {"metode_pengumpulan": [1, 4], "metode_pengumpulan_lainnya": "Web"}, [2, 16]),
    (FS3, "rancangan", PROBABILITY | {"jenis_rancangan": 1}, 1),
    (FS3, "rancangan", PROBABILITY | {"jenis_rancangan": 2}, 2),
    (FS3, "pemilihan", PROBABILITY, 1),
    (FS3, "pemilihan", OTHERWISE, 2),
    *(
        (FS3, "metode_sampel", OTHERWISE | {"metode_nonprob": ours}, theirs)
        for ours, theirs in {1: 6, 2: 7, 3: 8, 4: 10, 5: 9}.items()
    ),
    (FS3, "metode_sampel", PROBABILITY | {"metode_pemilihan": "Systematic"}, None),
    (FS3, "kerangka", PROBABILITY | {"kerangka_sampel": "Daftar pemohon"}, None),
    (FS3, "uji_coba", {"uji_coba": 2}, 2),
    *((form, "petugas", {"petugas": [1]}, 1) for form in (FS3, FPKPA)),
    *((form, "petugas", {"petugas": [2]}, 2) for form in (FS3, FPKPA)),
    *((form, "petugas", {"petugas": [1, 2]}, 3) for form in (FS3, FPKPA)),
    *((form, "petugas", {"petugas": [1, 4]}, None) for form in (FS3, FPKPA)),
    (FS3, "pendidikan", {"pendidikan_petugas": [1]}, 1),
    (FS3, "pendidikan", {"pendidikan_petugas": [2]}, 2),
    (FS3, "pendidikan", {"pendidikan_petugas": [4], "pendidikan_petugas_sebutkan": "S1"}, None),
    (FS3, "pendidikan", {"pendidikan_petugas": [1, 2]}, None),
    (FPKPA, "pendidikan", {"pendidikan_petugas": 1}, 1),
    (FPKPA, "pendidikan", {"pendidikan_petugas": 2}, 2),
    (FPKPA, "pendidikan", {"pendidikan_petugas": 3}, None),
    *((form, "supervisor", {"jumlah_supervisor": 0}, 0) for form in (FS3, FPKPA)),
    *((form, "pelatihan", {"pelatihan": 1}, 1) for form in (FS3, FPKPA)),
    *((form, "editing", {"olah_editing": 2}, 2) for form in (FS3, FPKPA)),
    (FPKPA, "entry", {"olah_entry": 1}, 1),
    *((FS3, "analisis", {"metode_analisis": code}, code) for code in (1, 2, 3)),
    (FPKPA, "analisis", {"metode_analisis": "Deskriptif"}, None),
    (FPKPA, "unit_analisis", {"unit_analisis": "Keluarga"}, None),
    (FS3, "penyajian", {"tingkat_estimasi": [4, 16]}, [4, 16]),
    (FS3, "penyajian", {"tingkat_estimasi": [32]}, None),
    (FPKPA, "penyajian", {"tingkat_penyajian": [1, 2, 4, 8]}, [1, 2, 4, 8]),
    (FPKPA, "penyajian", {"tingkat_penyajian": [32]}, None),
    *((form, "tercetak", {"produk_cetak": 1}, 1) for form in (FS3, FPKPA)),
    *((form, "digital", {"produk_elektronik": 1}, 1) for form in (FS3, FPKPA)),
    (FS3, "digital", {"produk_elektronik": 2, "produk_makro": 2}, 2),
    (FS3, "digital", {"produk_elektronik": 2, "produk_makro": 1}, None),
    (FS3, "mikro", {"produk_mikro": 2}, 2),
    (FS3, "rilis", {"produk_cetak": 1, "tanggal_ketersediaan": "2027-07-09"}, "2027-07-09"),
    (FS3, "rilis", {"produk_cetak": 1, "produk_mikro": 1, "tanggal_ketersediaan": "2027-07-09"}, None),
]


@pytest.mark.parametrize(("form", "name", "answers", "code"), RECODED)
def test_a_code_is_recoded_or_left_to_the_officer(form, name, answers, code):
    found = row(form, name, answers)

    assert found.value == code
    assert found.state == ("decide" if code is None else "ready")
    assert found.text
    assert found.paper.startswith(form.code)
    assert found.why or code is not None


@pytest.mark.parametrize("form", [FS3, FPKPA])
def test_every_code_of_the_paper_is_recoded_or_decided_by_a_tested_row(form):
    tested = defaultdict(set)
    for tested_form, _, answers, _ in RECODED:
        if tested_form is form:
            for name, value in answers.items():
                tested[name] |= set(value) if isinstance(value, list) else {value}
    asked = {source for rule in MAPPING[form.code].values() for source in rule.sources}

    missing = {
        item.id: codes
        for item in map(form.item, asked)
        if item.kind in ("choice", "choices")
        and (codes := {choice.code for choice in item.choices} - tested[item.id])
        and item.id not in ("cakupan_wilayah", "tingkat_estimasi", "tingkat_penyajian")
    }

    assert missing == {}


def test_every_rule_maps_existing_items_to_existing_questions():
    for form in (FS3, FPKPA):
        assert all(MSKEG.has_item(name) for name in MAPPING[form.code])
        for rule in MAPPING[form.code].values():
            assert all(form.has_item(item_id) for item_id in rule.sources + rule.details)


def test_every_recoded_value_is_one_that_mskeg_has():
    for form, name, answers, code in RECODED:
        codes = {choice.code for choice in MSKEG.item(name).choices}
        if codes and code is not None:
            assert set(row(form, name, answers).value if isinstance(code, list) else [code]) <= codes


def test_the_specified_words_are_added_to_their_code():
    found = row(FS3, "metode", {"metode_pengumpulan": [1, 16], "metode_pengumpulan_lainnya": "Sensor"})

    assert found.text == "1 - Wawancara; 16 - Lainnya: Sensor"


def test_an_ambiguous_code_shows_the_answer_of_the_paper_to_the_officer():
    found = row(FS3, "pendidikan", {"pendidikan_petugas": [4], "pendidikan_petugas_sebutkan": "Diploma III"})

    assert found.text == "4 - Akademi/Universitas (sebutkan)\nDiploma III"
    assert "Diploma I/II/III (3)" in found.why


def test_an_answer_in_a_skipped_part_of_the_paper_is_never_passed_on_as_sure():
    found = row(FS3, "rancangan", OTHERWISE | {"jenis_rancangan": 1})

    assert (found.state, found.value) == ("decide", None)
    assert "bagian yang dilewati" in found.why


def test_an_unreadable_answer_is_shown_and_not_converted():
    found = row(FS3, "jadwal_pengumpulan", {"jadwal_lapangan": {"awal": "31/02/2027", "akhir": None}})

    assert found.state == "decide"
    assert "Perbaiki rekamannya" in found.why


def test_a_question_that_romantik_skips_has_a_reason():
    once = row(FS3, "frekuensi", {"survei_dilakukan": 1, "frekuensi": 7})
    census = row(FS3, "fraksi", {"cara_pengumpulan": 2})
    compilation = row(FPKPA, "rancangan", {"judul_kegiatan": "Kompilasi"})

    assert [one.state for one in (once, census, compilation)] == ["skipped"] * 3
    assert once.why == "Dilewati karena R.4.1 berkode 1."


def test_a_table_is_copied_with_tabs_between_its_cells():
    rows = [{"nama": "Umur", "konsep": "K", "definisi": "Dua\nbaris", "referensi_waktu": "2027"}]

    found = row(FS3, "variabel", {"variabel": rows})

    assert found.text == "Umur\tK\tDua baris\t2027"
    assert found.rows == (("Umur", "K", "Dua\nbaris", "2027"),)


def test_the_register_of_variables_of_a_compilation_has_no_concept_and_says_so():
    rows = [{"nama": "Anak", "referensi_waktu": "2026", "sumber": "Dinas", "definisi": "Anak."}]

    found = row(FPKPA, "variabel", {"variabel": rows})

    assert found.rows == (("Anak", "", "Anak.", "2026"),)
    assert "konsep" in found.why


@pytest.mark.parametrize("form", [FS3, FPKPA])
def test_the_officer_is_asked_what_the_form_does_not_ask(form):
    asked = {item.id for item in beside_items(form)}

    assert {
        "sektor", "eselon_1", "eselon_2", "latar_belakang", "sarana", "unit_pengumpulan", "pemeriksaan"
    } <= asked  # fmt: skip
    assert len(MSKEG.item("sektor").choices) == 22
    assert row(form, "sektor", {}, {"sektor": 9}).text == "9 - Kesehatan"
    assert row(form, "sektor", {}).state == "beside"


def test_an_identity_number_fills_the_two_questions_on_the_recommendation():
    none = row(FS3, "direkomendasi", {})
    issued = [row(FS3, name, {}, identity="V-26.6371.001").text for name in ("direkomendasi", "identitas")]

    assert (none.state, none.text) == ("empty", "")
    assert issued == ["1 - Ya", "V-26.6371.001"]


def test_the_files_are_named_in_the_last_block():
    assert row(FS3, "berkas", {}, files=["Instrumen: kuesioner.pdf"]).text == "Instrumen: kuesioner.pdf"
