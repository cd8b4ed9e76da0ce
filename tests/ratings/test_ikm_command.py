"""`manage.py ikm FILE.csv` prints the index of a table of answers, or names what is wrong and counts nothing."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ratings import paper_answers
from ratings.instruments import SKM_9
from tests.factories import skm_answers

KEYS = SKM_9.keys
WORKED = dict(zip(KEYS, (105, 101, 100, 116, 102, 105, 106, 105, 115), strict=True))


KEYS_LINE = ",".join(SKM_9.keys) + "\n"


@pytest.fixture
def write(tmp_path: Path):
    """Return `write`: `write(content)` writes a file and returns its path."""

    def written(content: str | bytes) -> Path:
        file = tmp_path / "jawaban.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return written


def counted(file: Path) -> dict:
    out = io.StringIO()
    call_command("ikm", file, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def refused(file: Path) -> list[str]:
    """Return the sentences with which the command refuses the file. It prints nothing else."""
    out = io.StringIO()
    with pytest.raises(CommandError) as problem:
        call_command("ikm", file, stdout=out, stderr=io.StringIO())
    assert (out.getvalue(), problem.value.returncode) == ("", 1)
    return str(problem.value).splitlines()


def table(*rows: dict[str, object], head=KEYS, separator: str = ",") -> str:
    lines = [head, *([str(row[name.strip('"')]) for name in head] for row in rows)]
    return "".join(f"{separator.join(line)}\n" for line in lines)


def respondents(sums: dict[str, int], n: int) -> list[dict[str, int]]:
    """Return `n` respondents whose answers have these sums."""
    return [{key: total // n + (place < total % n) for key, total in sums.items()} for place in range(n)]


def test_the_worked_example_is_counted(write):
    found = counted(write(table(*respondents(WORKED, 29))))

    assert found.keys() == {"n", "sums", "nrr", "ikm", "mutu"}
    assert (found["n"], found["sums"]) == (29, WORKED)
    assert (found["ikm"], found["mutu"]) == ("91.48", "A")
    assert found["nrr"] == {
        "persyaratan": "3.62",
        "prosedur": "3.48",
        "waktu": "3.45",
        "biaya": "4.00",
        "produk": "3.52",
        "kompetensi": "3.62",
        "perilaku": "3.66",
        "sarana": "3.62",
        "pengaduan": "3.97",
    }


def test_without_respondents_there_is_no_index(write):
    found = counted(write(table()))

    assert found == {
        "n": 0,
        "sums": skm_answers(0),
        "nrr": dict.fromkeys(KEYS),
        "ikm": None,
        "mutu": None,
    }


MIXED = [skm_answers(4), skm_answers(3, waktu=1, pengaduan=2)]


@pytest.mark.parametrize(
    "content",
    [
        table(*MIXED),
        table(*MIXED, head=tuple(reversed(KEYS))),
        table(*MIXED, separator=";"),
        "\ufeff" + table(*MIXED, separator=";"),
        "\ufeff" + table(*MIXED, head=tuple(f'"{key}"' for key in KEYS)),
        table(*MIXED).replace("\n", "\r\n"),
        table(*MIXED).rstrip("\n"),
        table(*MIXED) + "\n,,,,,,,,\n\n",
        table(*MIXED).replace("waktu", " Waktu "),
        table(*MIXED, separator=";").replace("4", "4,0").replace("2", "2.00"),
        table(*MIXED).replace("4", '"4,0"'),
        table(*(row | {"nomor": 7, "saran": "Baik"} for row in MIXED), head=("nomor", *KEYS, "saran")),
    ],
    ids=[
        "plain",
        "other order",
        "semicolons",
        "BOM",
        "BOM before a quotation mark",
        "Windows line ends",
        "no end of line",
        "blank rows",
        "capital and blanks",
        "decimals",
        "quoted decimal commas",
        "other columns",
    ],
)
def test_the_same_table_in_other_dress_counts_the_same(write, content):
    found = counted(write(content))

    assert (found["n"], found["sums"]) == (2, skm_answers(7, waktu=5, pengaduan=6))
    assert (found["ikm"], found["mutu"]) == ("83.33", "B")


def test_other_columns_are_named(write):
    told = io.StringIO()

    call_command("ikm", write(table(skm_answers(4, nomor=1), head=("nomor", *KEYS))), stdout=io.StringIO(), stderr=told)

    assert told.getvalue().strip() == "Kolom yang tidak dihitung: nomor."


@pytest.mark.parametrize("wrong", ["5", "0", "-1", "3,5", "2.5", "x", "3 4", "03", "٣", "1e0", "4,", "=4", "tiga"])
def test_a_wrong_answer_is_named_by_row_and_column(write, wrong):
    content = table(skm_answers(4), skm_answers(3, waktu=wrong), separator=";")

    assert refused(write(content)) == [f"Baris 3, kolom waktu: “{wrong}” bukan jawaban. Isi 1, 2, 3, atau 4."]


def test_an_empty_cell_is_named_by_row_and_column(write):
    empty = table(skm_answers(4, sarana=" "), skm_answers(4))
    short = f"{','.join(KEYS)}\n4,4,4,4,4,4,4,4\n"

    assert refused(write(empty)) == ["Baris 2, kolom sarana: belum diisi."]
    assert refused(write(short)) == ["Baris 2, kolom pengaduan: belum diisi."]


def test_a_blank_row_is_counted_in_the_numbers_of_rows(write):
    content = table(skm_answers(4)) + "\n\n" + "4,4,5,4,4,4,4,4,4\n"

    assert refused(write(content)) == ["Baris 5, kolom waktu: “5” bukan jawaban. Isi 1, 2, 3, atau 4."]


def test_a_decimal_comma_that_splits_a_cell_is_seen(write):
    content = table(skm_answers(3)) + "3,0,3,3,3,3,3,3,3,3\n"

    assert refused(write(content)) == [
        "Baris 3: ada 10 sel untuk 9 kolom. Beri tanda kutip pada angka dengan koma desimal."
    ]


def test_every_wrong_cell_is_named_but_a_long_list_is_cut(write):
    assert len(refused(write(table(skm_answers(4, waktu=5, biaya=0), skm_answers(4, sarana=9))))) == 3

    many = refused(write(table(*[skm_answers(5)] * 20)))

    assert len(many) == 11
    assert many[-1] == "... dan 170 lagi."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(skm_answers(4)).replace("waktu", "lama").replace("sarana", "x"), "Kolom waktu, sarana tidak ada."),
        ("", "Kolom persyaratan, prosedur, waktu"),
        ("persyaratan\n4\n", "Kolom prosedur, waktu"),
        (table(skm_answers(4), head=(*KEYS, "waktu")), "Kolom waktu ada lebih dari satu kali."),
        (b"\xff\xfe\x00", "jawaban.csv tidak terbaca. Simpan sebagai CSV UTF-8."),
        (b"PK\x03\x04\x80\x81", "jawaban.csv tidak terbaca."),
        (table(skm_answers(4)) + '"4,4', "jawaban.csv bukan CSV yang dapat dibaca."),
        (table(*[skm_answers(5)] * 10_001), "Lebih dari 10.000 baris."),
        ("x" * (1024 * 1024 + 1), "jawaban.csv lebih dari 1 MB."),
    ],
    ids=["columns", "empty", "one column", "twice", "no text", "workbook", "quote", "rows", "size"],
)  # fmt: skip
def test_a_file_that_is_no_table_of_answers_is_refused(write, content, words):
    problems = refused(write(content))

    assert len(problems) == 1
    assert problems[0].startswith(words)


def test_the_largest_table_is_counted(write):
    rows = [skm_answers(4)] * paper_answers.MOST_ROWS

    assert counted(write(table(*rows)))["n"] == 10_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (KEYS_LINE + "," * 900_000, "Baris 2 mempunyai lebih dari 40 kolom."),
        (KEYS_LINE[:-1] + ",lain" * 32 + "\n", "Baris 1 mempunyai lebih dari 40 kolom."),
        (KEYS_LINE + "\n" * 900_000, "Terlalu banyak baris kosong."),
        (KEYS_LINE + (" ," * 39 + "\n") * 12_001, "Terlalu banyak baris kosong."),
    ],
    ids=["one wide line", "a wide head", "blank lines", "lines of blank cells"],
)
def test_a_file_that_would_keep_the_web_process_busy_is_refused(write, content, words):
    assert refused(write(content))[0].startswith(words)


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "tidak-ada.csv" in refused(tmp_path / "tidak-ada.csv")[0]
