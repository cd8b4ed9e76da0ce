import json
from pathlib import Path

import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.completeness import (
    Finding,
    Progress,
    block_progress,
    findings,
    missing_attachments,
    progress,
)
from recommendations.instruments.conditions import is_required
from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import as_typed

HERE = Path(__file__).parent
WHOLE = {
    "FS3": json.loads((HERE / "fs3_complete.json").read_text(encoding="utf-8")),
    "FP-KPA": json.loads((HERE / "fpkpa_complete.json").read_text(encoding="utf-8")),
}
FS3 = INSTRUMENTS["FS3"]


def found(rule: str, form: Instrument, answers: dict) -> list[Finding]:
    """Return only the findings of that rule: "required" or "invalid"."""
    return [finding for finding in findings(form, answers) if finding.rule == rule]


REQUIRED = [
    pytest.param(form, item, id=f"{form.slug}-{item.id}")
    for form in INSTRUMENTS.values()
    for item in form.items
    if is_required(form, item, WHOLE[form.code])
]


@pytest.mark.parametrize("form", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_a_whole_form_has_no_findings(form):
    answers = WHOLE[form.code]

    assert findings(form, answers) == []
    assert progress(form, answers).is_complete


def test_a_whole_form_as_its_boxes_show_it_has_no_findings(survey_answers):
    shown = {item.id: as_typed(item, survey_answers.get(item.id)) for item in FS3.items}

    assert findings(FS3, shown) == []
    assert progress(FS3, shown).is_complete


@pytest.mark.parametrize(("form", "item"), REQUIRED)
def test_one_required_answer_removed_is_one_finding(form, item):
    answers = {item_id: value for item_id, value in WHOLE[form.code].items() if item_id != item.id}

    found = findings(form, answers)

    assert [(one.rule, one.item, one.level) for one in found] == [("required", item.id, "error")]
    assert not progress(form, answers).is_complete


@pytest.mark.parametrize(
    ("item_id", "message"),
    [
        ("pelatihan", "R.5.10 belum dijawab. Pilih 1 Ya atau 2 Tidak."),
        ("pelatihan_uraian", "R.5.10, uraian untuk kode 1, belum diisi."),
        ("frekuensi", "R.3.2 belum dijawab. Pilih salah satu kode 1 sampai 9."),
        ("metode_pengumpulan", "R.5.4 belum dijawab. Pilih satu kode atau lebih."),
        ("produk_cetak", "R.7.4 “Publikasi dalam Media Cetak” belum dijawab. Pilih 1 Ya atau 2 Tidak."),
        ("pj_telepon", "R.2.1 “Telepon” belum diisi."),
        ("judul_survei", "Judul Survei belum diisi."),
        ("variabel", "R.4.2 belum diisi. Isi paling sedikit satu baris."),
        ("tanggal_ketersediaan", "R.7.6 belum diisi. Tulis seperti 28/02/2027."),
        ("jadwal_analisis", "R.7.5 “Analisis” belum diisi."),
    ],
)
def test_a_missing_answer_is_reported_with_its_rincian_and_what_to_do(survey_answers, item_id, message):
    survey_answers[item_id] = None

    assert [finding.message for finding in found("required", FS3, survey_answers)] == [message]


def test_half_a_period_counts_as_missing(survey_answers):
    survey_answers["jadwal_analisis"] = {"awal": "2027-06-14", "akhir": None}

    assert found("required", FS3, survey_answers) == [
        Finding("required", "jadwal_analisis", "error", "R.7.5 “Analisis”: tanggal akhir belum diisi.")
    ]
    assert progress(FS3, survey_answers) == Progress(59, 60)


def test_a_required_cell_that_is_missing_is_reported_with_its_row(survey_answers):
    survey_answers["variabel"][1]["referensi_waktu"] = ""
    survey_answers["variabel"][2] = {"definisi": "Tanpa nama."}

    assert [finding.message for finding in found("required", FS3, survey_answers)] == [
        "R.4.2 baris 2: Referensi Waktu belum diisi.",
        "R.4.2 baris 3: Nama Variabel belum diisi.",
        "R.4.2 baris 3: Referensi Waktu belum diisi.",
    ]


@pytest.mark.parametrize(
    ("changes", "no_longer_required"),
    [
        ({"survei_dilakukan": 1}, {"frekuensi"}),
        ({"cakupan_wilayah": 1}, {"wilayah"}),
        (
            {"cara_pengumpulan": 2},
            {"metode_penelitian"} | {item.id for item in FS3.block("blok_6").items} - {"jenis_rancangan_sebutkan"},
        ),
    ],
)
def test_answers_kept_in_a_skipped_part_are_neither_required_nor_found_wrong(
    survey_answers, changes, no_longer_required
):
    before = {item.id for item in FS3.items if is_required(FS3, item, survey_answers)}

    survey_answers |= changes
    after = {item.id for item in FS3.items if is_required(FS3, item, survey_answers)}

    assert before - after == no_longer_required
    assert findings(FS3, survey_answers) == []
    assert progress(FS3, survey_answers).is_complete


def test_a_non_probability_sample_asks_for_its_method_instead_of_block_vi(survey_answers):
    survey_answers["metode_penelitian"] = 2

    assert [finding.item for finding in found("required", FS3, survey_answers)] == [
        "metode_nonprob",
        "metode_nonprob_uraian",
    ]
    assert block_progress(FS3, FS3.block("blok_6"), survey_answers) == Progress(0, 0)


def test_progress_counts_what_is_required_now(survey_answers):
    survey_answers |= {"jumlah_supervisor": None, "jumlah_enumerator": "dua"}

    assert block_progress(FS3, FS3.block("blok_5"), survey_answers) == Progress(12, 14)
    assert progress(FS3, survey_answers) == Progress(58, 60)
    assert progress(FS3, {}).answered == 0


def test_an_unreadable_answer_is_found_invalid_and_not_missing(survey_answers):
    survey_answers["tanggal_ketersediaan"] = "31/02/2027"

    assert found("required", FS3, survey_answers) == []
    assert findings(FS3, survey_answers) == [
        Finding("invalid", "tanggal_ketersediaan", "error", "Tanggal 31/02/2027 tidak ada. Tulis seperti 28/02/2027.")
    ]


def test_unreadable_answers_are_found_in_form_order_and_unknown_items_last():
    answers = {"xyz": "?", "kosong": None, "tanggal_ketersediaan": "besok", "judul_survei": ["a", "b"]}

    assert [finding.item for finding in found("invalid", FS3, answers)] == [
        "judul_survei",
        "tanggal_ketersediaan",
        "xyz",
    ]
    assert [finding.item for finding in findings(FS3, answers)][:2] == ["judul_survei", "tahun_kegiatan"]
    assert findings(FS3, answers)[-1] == Finding("invalid", "xyz", "error", "Isian tidak dikenal: xyz")


@pytest.mark.parametrize("junk", ["x", ["x"], {"awal": "31/02/2027"}, [{"nama": ["x"]}], [[]], 3.5, True])
@pytest.mark.parametrize("form", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_malformed_answers_do_not_break_the_findings(form, junk):
    answers = {item.id: junk for item in form.items}

    assert any(finding.rule == "invalid" for finding in findings(form, answers))
    assert not progress(form, answers).is_complete


def test_missing_required_attachments_are_named():
    assert missing_attachments(FS3, {"surat_pengantar", "instrumen"}) == []
    assert missing_attachments(FS3, ["surat_pengantar", "kak"]) == [
        Finding("attachment", "instrumen", "error", "Belum dilampirkan: Instrumen: kuesioner/lembar observasi.")
    ]
