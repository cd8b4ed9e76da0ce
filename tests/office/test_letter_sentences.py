"""The sentences of the letter take known inserts only, and never read more than their names."""

import pytest

from office import letter_sentences
from office.letter_sentences import (
    CLOSING,
    DUTIES,
    IN_DUTIES,
    IN_OPENING,
    IN_OTHERS,
    MOST_DUTIES,
    OPENING,
    REQUEST,
    SUBJECT,
    BadSentence,
    check_duties,
    check_sentence,
    filled,
)

NOT_READ = [
    "{kantor!s:.0}",
    "{kantor:>10000000}",
    "{kantor.__class__}",
    "{kantor[0]}",
    "{0}",
    "{}",
    "{{kantor}}",
    "{ kantor }",
    "{Kantor}",
    "{kantor\n}",
    "{layak}",
    "{__class__}",
    "{{ letter }}",
    "{% now 'Y' %}",
]


def test_the_standard_sentences_are_fit():
    check_sentence(OPENING, IN_OPENING)
    check_duties(DUTIES)
    for sentence in (SUBJECT, REQUEST, CLOSING):
        check_sentence(sentence, IN_OTHERS)


@pytest.mark.parametrize("written", NOT_READ)
def test_what_is_no_insert_of_this_sentence_is_refused_by_name(written):
    with pytest.raises(BadSentence, match=r"(?s)Sisipan .* tidak dikenal di sini\. Yang dikenal: {kantor}, {judul}\."):
        check_sentence(f"Demikian {written} disampaikan.", IN_OTHERS)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Demikian {kantor disampaikan.", "tidak ditutup"),
        ("Demikian kantor} disampaikan.", "tanpa pembuka"),
        ("Demikian {kantor}} disampaikan.", "tanpa pembuka"),
        ("Demikian {{kantor} disampaikan.", "tidak ditutup"),
        ("{" * 2000, "tidak ditutup"),
    ],
)
def test_a_brace_alone_is_refused(sentence, words):
    with pytest.raises(BadSentence, match=words):
        check_sentence(sentence, IN_OTHERS)


@pytest.mark.parametrize("name", IN_OPENING.required)
@pytest.mark.parametrize("times", [0, 2])
def test_the_opening_must_say_once_what_it_answers_and_what_was_decided(name, times):
    with pytest.raises(BadSentence, match=f"harus memuat {{{name}}} satu kali"):
        check_sentence(OPENING.replace(f"{{{name}}}", f"{{{name}}}" * times), IN_OPENING)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mencantumkan identitas {bila_catatan}", "awal baris"),
        ("{bila_catatan}{bila_catatan}menindaklanjuti", "awal baris"),
        ("satu;\n{bila_catatan}  ", "Tulis kalimat sesudah"),
        ("{bila_catatan}menindaklanjuti;", "sedikit satu baris tanpa"),
        ("\n \n", "sedikit satu baris tanpa"),
        ("satu;\n" * (MOST_DUTIES + 1), f"Paling banyak {MOST_DUTIES} baris"),
        ("satu;\ndua {layak}", "tidak dikenal di sini"),
    ],
)
def test_duties_that_could_not_be_printed_are_refused(text, words):
    with pytest.raises(BadSentence, match=words):
        check_duties(text)


def test_the_words_of_an_insert_are_not_read_again():
    words = {"kantor": "{judul} {kantor.__class__} {", "judul": "Survei"}

    assert filled("Oleh {kantor}: {judul}", words) == "Oleh {judul} {kantor.__class__} {: Survei"


@pytest.mark.parametrize("sentence", ["Kami kirim kepada {kantor}.", "{judul} kepada {kantor}. {judul}."])
def test_a_name_that_ends_with_a_stop_ends_the_sentence(sentence):
    shown = filled(sentence, {"kantor": "PT Contoh Tbk.", "judul": "Survei Harga dkk."})

    assert ".." not in shown
    assert shown.endswith(".")
    assert "PT Contoh Tbk." in shown
    assert filled("Kepada {kantor}.", {"kantor": "BPS Contoh"}) == "Kepada BPS Contoh."


def test_every_insert_has_words_in_every_letter():
    known = {*IN_OPENING.allowed, *IN_DUTIES.allowed, *IN_OTHERS.allowed, *letter_sentences.IN_SUBJECT.allowed}

    assert known - {"layak", "bila_catatan"} == {
        *("nomor_pengantar", "tanggal_pengantar", "formulir", "tanggal_terekam"),
        *("judul", "kantor", "dicetak_pada", "catatan"),
    }
