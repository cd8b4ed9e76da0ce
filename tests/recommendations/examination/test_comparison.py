"""Two texts are compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.examination.word_changes import change_word, compare, compare_rows


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in compare(old, new)]


def test_unchanged_words_are_kept_between_the_changed_ones():
    assert told("Survei Wisatawan di Kota 2027", "Survei Pengunjung di Kota") == [
        ("same", "Survei "),
        ("del", "Wisatawan"),
        ("ins", "Pengunjung"),
        ("same", " di Kota"),
        ("del", " 2027"),
    ]


def test_neighbouring_changed_words_are_one_piece():
    assert ("del", "Kepuasan Masyarakat") in told(
        "Survei Kepuasan Masyarakat di Kota A", "Survei Profil Pedagang di Kota A"
    )


def test_a_text_without_common_words_is_shown_whole():
    assert told("Mengetahui wisatawan.", "Rata-rata lama tinggal") == [
        ("del", "Mengetahui wisatawan."),
        ("ins", "Rata-rata lama tinggal"),
    ]


def test_equal_or_empty_texts_have_no_changes():
    assert told("sama", "sama") == [("same", "sama")]
    assert told("", "") == []


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = compare(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "del") == new
    before = "".join(piece.text for piece in pieces if piece.kind != "ins")
    assert before.split() == old.split()


def test_inserted_removed_and_changed_rows_are_distinguished():
    rows = compare_rows(["satu", "dua kata di sini", "tiga"], ["satu", "dua kata di sana", "tiga", "empat"])

    assert [[piece.kind for piece in row] for row in rows] == [["same"], ["same", "del", "ins"], ["same"], ["ins"]]
    assert [piece.kind for piece in compare_rows(["a", "b"], ["b"])[0]] == ["del"]


@pytest.mark.parametrize(
    ("old", "new", "word"), [("a", "a", ""), ("", "a", "Diisi"), ("a", "b", "Berubah"), ("a", "", "Dikosongkan")]
)
def test_the_change_is_named_in_one_word(old, new, word):
    assert change_word(old, new) == word
