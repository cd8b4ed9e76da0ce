"""Typed and pasted text comes out readable, and every database and workbook can hold it."""

import unicodedata
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from office.texts import storable, tidy_line, tidy_paragraphs

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u3164\uffa0\u115f\u1160\u2800\u00a0\u202e\u2066\ufe0f\x00\x7f"
TROUBLE = st.sampled_from(
    [*INVISIBLE, *"\ufffe\uffff\ud800\udfff\u2028\u0085\x0b\r\n\t \u0958\u0301e'=_", "\U0001fffe"]
)
ANY_TEXT = st.text(st.characters() | st.characters(categories=["Cs"]) | TROUBLE, max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Budi\u200b Contoh", "Budi Contoh"),
        ("\u202eBudi\u202c", "Budi"),
        ("Budi\u3000Contoh", "Budi Contoh"),
        ("Budi\u00a0Contoh", "Budi Contoh"),
        ("Budi\ufffe\uffff\ufdd0 Contoh", "Budi Contoh"),
        ("Bu\ud800di", "Budi"),
        ("Budi\x00\x07 Contoh", "Budi Contoh"),
        ("Rene\u0301", "Ren\u00e9"),
        ("Ḥusain", "Ḥusain"),
        ("👍🏽", "👍🏽"),
        (INVISIBLE, ""),
        ("\u200b\u200b", ""),
    ],
)
def test_invisible_characters_are_not_kept(typed, kept):
    assert (tidy_line(typed), tidy_paragraphs(typed)) == (kept, kept)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\x0b"])
def test_every_line_ending_becomes_one_kind(ending):
    assert tidy_paragraphs(f"Satu \u00a0{ending}\tDua") == "Satu\n Dua"
    assert tidy_line(f"Satu \u00a0{ending}\tDua") == "Satu Dua"


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing_more(text):
    for tidy in (tidy_line, tidy_paragraphs):
        assert tidy(tidy(text)) == tidy(text)


@given(ANY_TEXT)
def test_a_tidy_text_is_never_longer_than_the_letters_and_marks_that_were_typed(text):
    longest = len(unicodedata.normalize("NFD", text))

    assert len(tidy_line(text)) <= len(tidy_paragraphs(text)) <= longest


@given(ANY_TEXT)
def test_a_tidy_text_fits_into_postgresql_and_xml(text):
    for kept in (tidy_line(text), tidy_paragraphs(text), storable(text)):
        assert "\0" not in kept
        assert kept.encode().decode() == kept
        assert ElementTree.fromstring(f"<a>{''.join(f'&#{ord(sign)};' for sign in kept)}</a>").text == (kept or None)  # noqa: S314 - our own text


@given(ANY_TEXT)
def test_a_line_is_one_line(text):
    assert len(tidy_line(text).splitlines()) <= 1


def test_what_can_be_stored_is_left_as_it_was_typed():
    assert storable("  Dua  spasi\u200b\n\ttab\r\n\x00\ufffe") == "  Dua  spasi\u200b\n\ttab\r\n"


def test_a_workbook_holds_every_stored_text():
    book = Workbook()
    book.active.append([storable("Budi\ufffe\x00\ud800 Contoh")])
    file = BytesIO()
    book.save(file)

    assert load_workbook(file).active["A1"].value == "Budi Contoh"
