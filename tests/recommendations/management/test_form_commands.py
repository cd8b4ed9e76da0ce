import json
import stat
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from recommendations.instruments import INSTRUMENTS
from recommendations.workbook.writing import write_workbook
from tests.factories import SubmissionFactory, ready_submission, recorded_submission

FS3 = INSTRUMENTS["FS3"]


def run(*args, **options):
    said = StringIO()
    call_command(*map(str, args), stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def submission(petugas):
    return SubmissionFactory(officer=petugas, answers={"uji_coba": 2})


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "isian.xlsx"
    path.write_bytes(write_workbook(FS3, {"uji_coba": 1, "tujuan_survei": "Mengukur"}, about="Uji"))
    return path


def answers(submission):
    return submission.rounds.get().answers


@pytest.mark.parametrize("ending", ["xlsx", "yaml", "json"])
def test_an_exported_round_can_be_imported_into_an_empty_submission(petugas, submission, tmp_path, ending):
    ready, path = ready_submission(petugas), tmp_path / f"isian.{ending}"

    run("export_form", ready.register, path)
    run("import_form", path, "--into", submission.pk, "--overwrite")

    whole = {name: value for name, value in answers(ready).items() if value not in (None, [])}
    assert {name: answers(submission).get(name) for name in whole} == whole
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_yaml_is_that_of_the_example_forms(petugas, tmp_path):
    ready = ready_submission(petugas)

    run("export_form", ready.pk, tmp_path / "isian.yaml")

    read = yaml.safe_load((tmp_path / "isian.yaml").read_text(encoding="utf-8"))
    assert read["_meta"]["form"] == "FS3"
    assert read["submission"] == {"tanggal_pengajuan": "2026-11-16", "attachments": ["surat_pengantar", "instrumen"]}
    assert read["values"]["judul_survei"] == answers(ready)["judul_survei"]


def test_without_the_option_into_the_command_only_reports_what_it_understood(submission, workbook):
    before = answers(submission)

    said = run("import_form", workbook)
    told = json.loads(run("import_form", workbook, "--json"))

    assert "FS3: 2 isian terbaca, 0 tidak." in said
    assert "R.4.1 Tujuan Survei: Mengukur" in said
    assert told["values"] == {"tujuan_survei": "Mengukur", "uji_coba": 1}
    assert answers(submission) == before


def test_only_empty_items_are_filled_unless_overwriting_is_asked_for(submission, workbook):
    said = run("import_form", workbook, "--into", submission.register)

    assert "1 isian tersimpan, 1 dibiarkan." in said
    assert (answers(submission)["uji_coba"], answers(submission)["tujuan_survei"]) == (2, "Mengukur")

    run("import_form", workbook, "--into", submission.register, "--overwrite")

    assert answers(submission)["uji_coba"] == 1


def test_values_that_were_not_understood_are_listed(tmp_path, db):
    path = tmp_path / "isian.yaml"
    path.write_text("_meta: {form: FS3}\nvalues: {uji_coba: 7, warna: biru}\n", encoding="utf-8")

    said = run("import_form", path)

    assert "! R.5.7 Apakah melakukan Uji Coba (Pilot Study): Kode 7 tidak ada" in said
    assert "? Isian tidak dikenal: warna." in said


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["import_form", "{tmp}/tidak-ada.xlsx"], "tidak terbaca"),
        (["import_form", "{tmp}/rusak.xlsx"], "bukan Excel"),
        (["import_form", "{xlsx}", "--into", "999/2026"], "tidak ada"),
        (["import_form", "{xlsx}", "--into", "satu"], "tidak ada"),
        (["import_form", "{xlsx}", "--into", "{fpkpa}"], "permohonan ini FP-KPA"),
        (["import_form", "{xlsx}", "--into", "{fs3}", "--by", "agus"], "tidak merekam"),
        (["import_form", "{xlsx}", "--into", "{recorded}"], "tidak"),
        (["export_form", "{fs3}", "{tmp}/isian.docx"], "akhiri nama berkas"),
        (["export_form", "{fs3}", "{xlsx}"], "sudah ada"),
        (["export_form", "{fs3}", "{tmp}/baru.xlsx", "--round", "7"], "putaran 7"),
        (["export_form", "0/0", "{tmp}/baru.xlsx"], "tidak ada"),
    ],
)
def test_an_impossible_command_fails_with_a_message(
    petugas, admin_user, submission, workbook, tmp_path, command, words
):
    (tmp_path / "rusak.xlsx").write_bytes(b"x")
    known = {
        "tmp": tmp_path,
        "xlsx": workbook,
        "fs3": submission.pk,
        "fpkpa": SubmissionFactory(instrument_code="FP-KPA").pk,
        "recorded": recorded_submission(petugas).pk,
    }

    with pytest.raises(CommandError, match=words):
        run(*[word.format(**known) for word in command])
