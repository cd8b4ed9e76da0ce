"""Paper is drawn with its own fonts, and the desk knows which characters they have."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from office import paper_fonts
from office.paper import draw_pdf
from office.paper_fonts import FONT_FILES, _characters, font_files, unprintable_characters
from tests.pdf_structure import Paper, faults_of

PAGE = "<html lang='id'><head><title>Uji</title></head><body><h1>Uji</h1>{words}</body></html>"
BALINESE, CHINESE, FLAG, EMOJI = "\u1b29", "\u6f22", "\U0001f1ee", "\U0001f9ee"
ARABIC, HEBREW = "\u0645\u0631\u062d\u0628\u0627", "\u05e9\u05dc\u05d5\u05dd"


def drawn(words: str) -> bytes:
    return draw_pdf(PAGE.format(words=words), for_everybody=True)


def fonts_in(pdf: bytes) -> set[str]:
    fonts = [one for one in Paper(pdf).document.objects if hasattr(one, "keys") and one.get("/Type") == "/Font"]
    return {str(font.BaseFont).partition("+")[2] for font in fonts}


def test_all_fonts_of_paper_are_installed_here():
    assert [file.name for file in font_files()] == list(FONT_FILES)


@pytest.fixture
def no_fonts(monkeypatch):
    """Let the machine have no font of paper."""
    monkeypatch.setattr(paper_fonts, "FOLDERS", ())
    for cached in (paper_fonts.font_files, paper_fonts._characters):
        cached.cache_clear()
    yield
    for cached in (paper_fonts.font_files, paper_fonts._characters):
        cached.cache_clear()


@pytest.mark.usefixtures("no_fonts")
def test_without_the_fonts_no_command_starts_and_no_letter_is_issued():
    with pytest.raises(SystemCheckError) as said:
        call_command("check")

    assert "LiberationSans-Regular.ttf" in str(said.value)
    assert "apt-get install fonts-liberation" in str(said.value)
    assert "DejaVuSans-Bold.ttf" in str(said.value)
    assert unprintable_characters("abba") == ["a", "b"]


@pytest.mark.parametrize("character", [BALINESE, CHINESE, FLAG, EMOJI, "\ue000", "\x07"])
def test_a_character_that_no_font_has_is_named_once(character):
    assert unprintable_characters(f"Survei {character} dan {character}") == [character]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Survei Contoh 2027 (≥ 5 %) – “baik” é ½ m²",
        ARABIC,
        HEBREW,
        "baris\r\nbaris\ttab",
        "a\u0301 \u200d\u200f\u00a0\ufeff",
    ],
)
def test_latin_right_to_left_and_characters_that_leave_nothing_can_be_printed(words):
    assert unprintable_characters(words) == []


def test_what_can_be_printed_leaves_no_empty_box_in_any_style():
    characters = "".join(f"&#{character}; " for character in sorted(_characters())[::10] if character > 31)

    assert faults_of(drawn(f"<p>{characters}</p><p><b>{characters}</b></p><p><i>{characters}</i></p>")) == []


@pytest.mark.parametrize("character", [BALINESE, CHINESE, EMOJI])
def test_what_cannot_be_printed_would_leave_an_empty_box(character):
    assert [fault for fault in faults_of(drawn(f"<p>{character}</p>")) if "no glyph" in fault]


def test_no_other_font_of_the_machine_is_used():
    used = fonts_in(
        drawn(f"<p style='font-family: serif'>a</p><p style='font-family: \"DejaVu Serif\"'>{ARABIC} {CHINESE}</p>")
    )

    assert used <= {"Liberation-Sans", "DejaVu-Sans"}
