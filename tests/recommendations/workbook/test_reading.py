import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from office.texts import tidy_paragraphs
from recommendations.instruments import INSTRUMENTS
from recommendations.workbook.packages import BadWorkbook
from recommendations.workbook.reading import read_workbook
from recommendations.workbook.writing import write_workbook
from tests.recommendations.workbook.conftest import cell_of

FS3 = INSTRUMENTS["FS3"]


def test_a_filled_form_comes_back_as_it_was(form, complete):
    reading = read_workbook(write_workbook(form, complete, about="Uji"))

    assert reading.values == complete
    assert reading.understood == [item.id for item in form.items if item.id in complete]
    assert (reading.instrument_code, reading.not_understood, reading.notes) == (form.code, [], [])


def test_an_empty_template_is_read_as_no_answers(form):
    reading = read_workbook(write_workbook(form, {}, about="Uji"))

    assert (reading.values, reading.not_understood, reading.notes) == ({}, [], [])


@pytest.mark.parametrize(
    ("key", "typed_value", "item", "stored"),
    [
        ("survei_dilakukan", "1", "survei_dilakukan", 1),
        ("survei_dilakukan", 1, "survei_dilakukan", 1),
        ("survei_dilakukan", 1.0, "survei_dilakukan", 1),
        ("survei_dilakukan", "1 - Hanya sekali", "survei_dilakukan", 1),
        ("survei_dilakukan", "1. hanya sekali", "survei_dilakukan", 1),
        ("survei_dilakukan", " Hanya  Sekali ", "survei_dilakukan", 1),
        ("frekuensi", "8 - > Dua Tahunan", "frekuensi", 8),
        ("frekuensi", "lainnya", "frekuensi", 9),
        ("frekuensi", "9 - Lainnya: setiap panen", "frekuensi", 9),
        ("uji_coba", "ya", "uji_coba", 1),
        ("uji_coba", True, "uji_coba", 1),
        ("uji_coba", False, "uji_coba", 2),
        ("tanggal_ketersediaan", datetime(2027, 7, 9), "tanggal_ketersediaan", "2027-07-09"),  # noqa: DTZ001 - as Excel
        ("tanggal_ketersediaan", date(2027, 7, 9), "tanggal_ketersediaan", "2027-07-09"),
        ("tanggal_ketersediaan", "9 Juli 2027", "tanggal_ketersediaan", "2027-07-09"),
        ("tanggal_ketersediaan", "9/7/2027", "tanggal_ketersediaan", "2027-07-09"),
        ("jadwal_lapangan/awal", "1-3-2027", "jadwal_lapangan", {"awal": "2027-03-01", "akhir": None}),
        ("jumlah_supervisor", "12", "jumlah_supervisor", 12),
        ("jumlah_supervisor", 12.0, "jumlah_supervisor", 12),
        ("jumlah_sampel", "1.200", "jumlah_sampel", 1200),
        ("metode_pengumpulan/4", "x", "metode_pengumpulan", [4]),
        ("metode_pengumpulan/4", "Ya", "metode_pengumpulan", [4]),
        ("metode_pengumpulan/16", 16, "metode_pengumpulan", [16]),
        ("pj_telepon", "0511-3354221 ext 12", "pj_telepon", "0511-3354221 ext 12"),
        ("judul_survei", 2027, "judul_survei", "2027"),
        ("tujuan_survei", "Satu_x000D_\nDua", "tujuan_survei", "Satu\nDua"),
    ],
)
def test_a_value_typed_in_another_form_is_still_understood(typed, key, typed_value, item, stored):
    reading = read_workbook(typed({key: typed_value}))

    assert reading.values == {item: stored}
    assert reading.not_understood == []


@pytest.mark.parametrize(
    ("key", "typed_value", "words"),
    [
        ("survei_dilakukan", "3", "Pilih salah satu: 1 Hanya sekali; 2 Berulang"),
        ("survei_dilakukan", "2 - Hanya sekali", "Pilih salah satu"),
        ("survei_dilakukan", "kadang-kadang", "Pilih salah satu"),
        ("metode_pengumpulan/4", "mungkin", "Beri v bila dipilih"),
        ("tanggal_ketersediaan", "31/02/2027", "Tanggal 31/02/2027 tidak ada"),
        ("jumlah_supervisor", "dua", "Tulis angka bulat"),
        ("jumlah_sampel", 1.5, "Tulis angka bulat"),
        ("pj_email", "tidak ada", "nama@instansi.go.id"),
        ("judul_survei", "=1+1", "berisi rumus"),
        ("judul_survei", "#REF!", "galat Excel"),
        ("jadwal_lapangan/awal", "=TODAY()", "berisi rumus"),
    ],
)
def test_an_unreadable_cell_is_reported_with_its_place_and_not_guessed(typed, key, typed_value, words):
    reading = read_workbook(typed({key: typed_value}))

    (problem,) = reading.not_understood
    assert problem.item_id == key.partition("/")[0]
    assert words in problem.why
    assert problem.place.startswith("D")
    assert reading.values == {}


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''", "'kutip", "-", "_x0041_", "_x005F_", "+62 511", "@", "a\tb"])
def test_a_text_that_looks_like_something_else_comes_back_as_it_was(text):
    answers = {"tujuan_survei": tidy_paragraphs(text)}

    assert read_workbook(write_workbook(FS3, answers, about="Uji")).values == answers


def test_a_phone_that_excel_made_a_number_gets_its_zero_back_with_a_note(typed):
    reading = read_workbook(typed({"pj_telepon": 81200000001, "manajer_telepon": 6281200000001}))

    assert reading.values == {"pj_telepon": "081200000001", "manajer_telepon": "6281200000001"}
    (note,) = reading.notes
    assert "Excel menyimpan 81200000001 sebagai angka" in note


def test_a_phone_typed_as_text_is_left_as_typed(typed):
    reading = read_workbook(typed({"pj_telepon": "3354221"}))

    assert (reading.values, reading.notes) == ({"pj_telepon": "3354221"}, [])


def test_rows_may_be_inserted_and_sheets_renamed_and_moved(edited):
    def change(book):
        cell_of(book, "judul_survei").value = "Survei Contoh"
        book["Formulir"].insert_rows(7, amount=3)
        book["Formulir"].title = "Isian Dinas"
        table = book["R.4.2 Variabel"]
        table["C6"], table["F6"] = "Umur", "2027"
        table.insert_rows(7, amount=2)
        table["C30"], table["F30"] = "Harga", "2026"
        table.title = "peubah"
        book.move_sheet("peubah", offset=-2)
        del book["Petunjuk"]

    reading = read_workbook(edited(change))

    assert reading.values["judul_survei"] == "Survei Contoh"
    assert [row["nama"] for row in reading.values["variabel"]] == ["Umur", "Harga"]
    assert (reading.not_understood, reading.notes) == ([], [])


def test_empty_rows_may_be_deleted(edited, complete, form):
    def change(book):
        for sheet in book.worksheets[1:]:
            if sheet.title not in ("Formulir", "Daftar"):
                sheet.delete_rows(7 + len(complete["variabel"]), amount=4)

    reading = read_workbook(edited(change, complete, form.code))

    assert reading.values == complete


def test_merged_cells_are_read_from_the_first_one(edited):
    def change(book):
        cell = cell_of(book, "judul_survei")
        cell.value = "Survei Contoh"
        book["Formulir"].merge_cells(start_row=cell.row, end_row=cell.row, start_column=4, end_column=5)

    assert read_workbook(edited(change)).values == {"judul_survei": "Survei Contoh"}


def test_a_formula_in_a_table_empties_that_cell_alone(edited):
    def change(book):
        table = book["R.4.2 Variabel"]
        table["C6"], table["E6"], table["F6"] = "Umur", "=A1", "2027"

    reading = read_workbook(edited(change))

    (row,) = reading.values["variabel"]
    assert (row["nama"], row["definisi"], row["referensi_waktu"]) == ("Umur", "", "2027")
    assert [problem.place for problem in reading.not_understood] == ["E6"]


def test_five_hundred_rows_are_read_and_more_are_not(edited):
    def rows(count):
        def change(book):
            for number in range(count):
                book["R.5.3 Wilayah"].cell(6 + number, 3).value = f"Provinsi {number}"

        return read_workbook(edited(change))

    assert len(rows(500).values["wilayah"]) == 500
    refused = rows(501)
    assert "wilayah" not in refused.values
    assert "paling banyak 500" in refused.not_understood[0].why


def test_an_unknown_item_and_a_foreign_sheet_are_reported_and_left_out(edited):
    def change(book):
        sheet = book["Formulir"]
        sheet.cell(sheet.max_row + 1, 1).value = "warna_kesukaan"
        book["R.5.3 Wilayah"]["A1"] = f"pst-desk|FS3|{FS3.edition}|warna"

    reading = read_workbook(edited(change))

    assert any("warna_kesukaan" in note for note in reading.notes)
    assert any("R.5.3 Wilayah bukan bagian FS3" in note for note in reading.notes)


def test_an_item_with_two_different_answers_is_not_guessed(edited):
    def change(book):
        sheet, cell = book["Formulir"], cell_of(book, "judul_survei")
        cell.value = "Satu"
        last = sheet.max_row + 1
        sheet.cell(last, 1).value, sheet.cell(last, 4).value = "judul_survei", "Dua"

    reading = read_workbook(edited(change))

    assert "judul_survei" not in reading.values
    assert "dua kali" in reading.not_understood[0].why


def test_another_edition_is_read_with_a_note(edited):
    def change(book):
        for sheet in book.worksheets:
            sheet["A1"] = str(sheet["A1"].value or "").replace(FS3.edition, "2015")
        cell_of(book, "judul_survei").value = "Survei Contoh"

    reading = read_workbook(edited(change))

    assert reading.values == {"judul_survei": "Survei Contoh"}
    assert "edisi 2015" in reading.notes[0]


def test_a_workbook_with_an_unknown_form_code_is_refused(edited):
    def change(book):
        for sheet in book.worksheets:
            sheet["A1"] = str(sheet["A1"].value or "").replace("FS3", "FS9")

    with pytest.raises(BadWorkbook, match="FS9 tidak dikenal"):
        read_workbook(edited(change))


def test_a_missing_column_of_answers_is_reported(edited):
    def change(book):
        book["Formulir"].delete_cols(4)
        book["R.5.3 Wilayah"].delete_rows(4)

    reading = read_workbook(edited(change))

    assert len([note for note in reading.notes if "terhapus" in note]) == 2


def test_any_other_workbook_is_refused_with_a_message():
    book, buffer = Workbook(), io.BytesIO()
    book.active["A1"] = "Rekap"
    book.save(buffer)

    with pytest.raises(BadWorkbook, match="bukan templat"):
        read_workbook(buffer.getvalue())


def test_a_cell_at_the_end_of_the_sheet_does_not_disturb_the_reading(edited):
    def change(book):
        book["Formulir"]["XFD1048576"] = "jauh"
        cell_of(book, "judul_survei").value = "Survei Contoh"

    assert read_workbook(edited(change)).values == {"judul_survei": "Survei Contoh"}


def test_only_answer_cells_are_open_and_nothing_has_a_password(form):
    book = load_workbook(io.BytesIO(write_workbook(form, {}, about="Uji")))

    for sheet in book.worksheets[1:]:
        if sheet.title != "Daftar":
            assert sheet.protection.sheet
            assert sheet.protection.password is None
    sheet = book["Formulir"]
    open_keys = [row[0].value for row in sheet.iter_rows() if not row[3].protection.locked]
    assert "identitas_rekomendasi" not in open_keys
    assert all(open_keys)
    assert form.title_item in open_keys
    assert sheet["C5"].protection.locked
