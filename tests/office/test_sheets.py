"""A text stays text in every sheet."""

import pytest

from office.sheets import LONGEST_CELL, harmless_cell


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@1", "\t1", "\r1", " =1", "\n=1", " \n -1"])
def test_a_text_that_starts_a_formula_gets_a_quote(typed):
    assert harmless_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "Budi", "a=1", "１", " Budi", "Baris satu\nbaris dua"])
def test_any_other_text_stays_as_it_was_typed(typed):
    assert harmless_cell(typed) == typed


@pytest.mark.parametrize(
    ("typed", "safe"), [("a\x00b\x0bc", "abc"), ("a\ufffe\uffff\ud800b", "ab"), ("\x01=1", "'=1"), (" \x01=1", "' =1")]
)
def test_characters_that_xml_forbids_are_removed_before_the_text_is_judged(typed, safe):
    assert harmless_cell(typed) == safe


@pytest.mark.parametrize(("typed", "start"), [("=", "'=x"), ("", "xxx")])
def test_a_text_is_cut_to_the_longest_cell_with_its_quote(typed, start):
    cut = harmless_cell(typed + "x" * 40_000)

    assert (len(cut), cut[:3]) == (LONGEST_CELL, start)
