"""How the screens show letter numbers, and sentences that end with a name."""

import pytest

from office.templatetags.desk import unbroken
from office.texts import with_full_stop, with_name


@pytest.mark.parametrize("number", ["B-001/63710/HM.310/2026", "B-83.1/6371/KS.200/2026", "V-26/6371"])
def test_no_line_breaks_inside_a_letter_number(number):
    assert unbroken(f"Surat {number}.") == f'Surat <span class="num nowrap">{number}</span>.'


@pytest.mark.parametrize("words", ["B-001", "31/12/2026", "https://contoh.example/a-1/b"])
def test_other_words_may_break(words):
    assert unbroken(words) == words


def test_the_words_of_a_person_stay_words():
    shown = '&lt;b&gt;<span class="num nowrap">B-001/6371/2026</span>&lt;/b&gt;'

    assert unbroken("<b>B-001/6371/2026</b>") == shown


@pytest.mark.parametrize(("name", "sentence"), [("Siti Contoh, M.Si.", "Siti Contoh, M.Si."), ("Budi", "Budi.")])
def test_a_sentence_has_one_full_stop(name, sentence):
    assert with_full_stop(name) == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Siti Contoh, M.Si.", "Diserahkan kepada Siti Contoh, M.Si. Sudah diberi tahu."),
        ("Budi {to}", "Diserahkan kepada Budi {to}. Sudah diberi tahu."),
    ],
)
def test_a_name_in_a_sentence_leaves_one_full_stop(name, sentence):
    assert with_name("Diserahkan kepada {}. Sudah diberi tahu.", name) == sentence
