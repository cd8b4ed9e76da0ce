import pytest

from recommendations.examination.two_rounds import changed_only, compared_blocks
from recommendations.examination.word_changes import compare, compare_rows
from recommendations.instruments import INSTRUMENTS

FS3 = INSTRUMENTS["FS3"]
ROWS = [f"Peubah {name}. Banyaknya {name} dalam satu tahun." for name in ("satu", "dua", "tiga")]


def kinds(rows):
    return ["+".join(piece.kind for piece in row) for row in rows]


def lines(old, new):
    return {line.rincian.number: line for block in compared_blocks(FS3, old, new) for line in block.lines}


def test_a_row_inserted_in_the_middle_leaves_the_later_rows_unchanged():
    new = [ROWS[0], "Sesuatu yang lain sama sekali", *ROWS[1:]]

    assert kinds(compare_rows(ROWS, new)) == ["same", "ins", "same", "same"]


def test_a_row_inserted_beside_a_changed_row_is_distinguished_from_it():
    new = [ROWS[0], "Umur responden dalam tahun", ROWS[1].replace("setahun", "") + " Menurut jenis.", ROWS[2]]

    rows = compare_rows(ROWS, new)

    assert kinds(rows)[0] == kinds(rows)[3] == "same"
    assert kinds(rows)[1] == "ins"
    assert [piece.text for piece in rows[2] if piece.kind == "ins"] == [" Menurut jenis."]


def test_a_row_removed_beside_a_changed_row_is_one_deletion():
    rows = compare_rows(ROWS, [ROWS[1] + " Menurut jenis.", ROWS[2]])

    assert kinds(rows) == ["del", "same+ins", "same"]


def test_rows_without_common_words_are_a_deletion_and_an_insertion():
    assert kinds(compare_rows(["satu dua"], ["tiga empat"])) == ["del", "ins"]


def test_many_rewritten_rows_are_all_shown():
    rows = compare_rows([f"lama {n}" for n in range(200)], [f"baru {n}" for n in range(200)])

    assert len([row for row in rows if row[0].kind != "same"]) >= 200


def test_a_word_written_thousands_of_times_is_compared_as_a_whole():
    old = "a " * 4_000

    pieces = compare(old, old + "b")

    assert [piece.kind for piece in pieces] == ["del", "ins"]


def test_a_long_text_is_compared_word_by_word():
    old = " ".join(f"kata{number % 400}" for number in range(1_400))

    pieces = compare(old, f"{old} tambahan")

    assert [(piece.kind, piece.text.strip()) for piece in pieces][1:] == [("ins", "tambahan")]


def test_only_lines_that_differ_are_returned(fs3_answers):
    new = fs3_answers | {"tujuan_survei": fs3_answers["tujuan_survei"] + " Dua indikator."}

    changed = changed_only(compared_blocks(FS3, fs3_answers, new))

    assert [line.rincian.number for block in changed for line in block.lines] == ["4.1"]


def test_a_round_does_not_differ_from_itself(fs3_answers):
    assert changed_only(compared_blocks(FS3, fs3_answers, fs3_answers)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (1, 2, "Tadinya diisi, kini tidak. Dilewati karena R.5.1 berkode 2."),
        (2, 1, "Kini diisi. Tadinya: dilewati karena R.5.1 berkode 2."),
        (1, 1, ""),
    ],
)
def test_a_line_that_opened_or_closed_says_so(old, new, told):
    answers = {"metode_penelitian": 1}

    assert lines(answers | {"cara_pengumpulan": old}, answers | {"cara_pengumpulan": new})["5.5"].skip == told


def test_regions_are_compared_row_by_row():
    old = [{"provinsi": "Kalimantan Selatan", "kabkota": "Kota Banjarmasin"}]
    new = [*old, {"provinsi": "Bali", "kabkota": "Kota Denpasar"}]

    line = lines({"wilayah": old}, {"wilayah": new})["5.3"]

    assert [[piece.text for piece in row] for row in line.rows] == [
        ["Kalimantan Selatan, Kota Banjarmasin"],
        ["Bali, Kota Denpasar"],
    ]
    assert (line.words, line.change) == ([], "Berubah")


@pytest.mark.parametrize("value", ["bukan tabel", ["baris"], {"a": 1}, [None], 7])
def test_an_unreadable_table_is_compared_as_typed(value):
    assert lines({"wilayah": value, "cakupan_wilayah": 2}, {"cakupan_wilayah": 2})["5.3"]
