"""What an office sets of its letters is frozen into each, and seen in its PDF; without settings nothing changes."""

import copy
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from office.letter_sentences import OPENING
from office.models import LetterStyle, Office
from office.paper import PageLayout
from recommendations.letter.content import render_html, render_pdf
from recommendations.letter.drafts import draft_content, occasion_of
from recommendations.letter.sentences import styled
from recommendations.models import Letter
from recommendations.uploads.checks import printed_logo
from tests.factories import issue
from tests.pdf_structure import faults_of, words_in_order
from tests.recommendations.letter.test_layout import TITLES, beyond_the_edge, lines_on, over_each_other, pages, titled
from tests.recommendations.letter.test_moved_on import Page

BEFORE = json.loads(Path(__file__).with_name("words_before.json").read_text(encoding="utf-8"))
"""By form: the content of a letter and its HTML, as they were before offices worded their letters."""
NEW = {"nature", "subject", "words", "logo", "layout"}
MM = 72 / 25.4
OUTER = {"margin_left": 20, "margin_right": 15, "margin_top": 12, "margin_bottom": 20}
INNER = {"margin_left": 35, "margin_right": 25, "margin_top": 50, "margin_bottom": 40}
needs_poppler = pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils is not installed")


def old(code: str) -> dict[str, Any]:
    return copy.deepcopy(BEFORE[code]["content"])


def worded(code: str, **settings: Any) -> dict[str, Any]:
    """Return the content of a letter on a form, in the style of an office with these settings."""
    return old(code) | styled(old(code), LetterStyle(**settings))


def plain(html: str) -> str:
    """Return the HTML with single spaces, and none beside tags."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", " ".join(html.split()))


def logo_png(size: tuple[int, int] = (300, 260)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "navy").save(kept, "PNG")
    return printed_logo(kept.getvalue())


@pytest.mark.parametrize("code", BEFORE)
def test_a_letter_from_before_is_drawn_with_the_words_that_it_had_then(code):
    assert not NEW & old(code).keys()
    assert plain(render_html(old(code), draft=False)) == plain(BEFORE[code]["html"])


@pytest.mark.parametrize("code", BEFORE)
def test_an_office_that_set_nothing_gets_the_words_and_the_page_of_before(code):
    assert plain(render_html(worded(code), draft=False)) == plain(BEFORE[code]["html"])
    assert PageLayout(**worded(code)["layout"]).css == ""


def test_a_letter_that_waited_for_its_pdf_over_the_upgrade_is_drawn(letter, django_assert_num_queries):
    content = {name: words for name, words in letter.content.items() if name not in NEW}

    with django_assert_num_queries(0):
        pdf = render_pdf(content)

    assert render_pdf(letter.content) == pdf


def test_an_office_has_no_row_until_it_changes_something(letter):
    assert not LetterStyle.objects.exists()
    assert LetterStyle.objects.current().opening == OPENING


@pytest.mark.parametrize("code", BEFORE)
def test_each_setting_is_read_in_the_pdf(code):
    settings = {
        "nature": "Segera",
        "subject": "Surat Rekomendasi {judul}",
        "opening": "FS3 {layak}{catatan}: {nomor_pengantar}, {tanggal_pengantar}.",
        "duties": "menyerahkan FS3 kepada {kantor};\n{bila_catatan}menindaklanjuti {judul}.",
        "compilation_opening": "FP-KPA {layak}{catatan}: {nomor_pengantar}, {tanggal_pengantar}.",
        "compilation_duties": "mencetak FP-KPA pada {dicetak_pada}.",
        "request": "Mohon kepada {kantor}:",
        "closing": "Demikian {kantor}.",
        "logo": logo_png(),
        "font": "Liberation Serif",
    }
    base = old(code) | {"has_remarks": True}
    content = base | styled(base, LetterStyle(**settings))

    pdf = render_pdf(content)

    assert faults_of(pdf) == []
    told = "".join(words_in_order(pdf).split())  # a long word may be broken
    cover = content["cover"]
    own = {"FS3": "a. menyerahkan FS3 kepada BPS", "FP-KPA": "a. mencetak FP-KPA pada publikasi hasil kompilasi."}
    for words in (
        "Sifat : Segera",
        f"Hal : Surat Rekomendasi {content['annex']['title']}",
        f"{code} layak untuk dilaksanakan, dengan beberapa catatan sebagaimana terlampir: {cover['number']},",
        own[code],
        "Mohon kepada BPS Kota Banjarmasin:",
        "Demikian BPS Kota Banjarmasin.",
        "Logo BPS Kota Banjarmasin BADAN PUSAT STATISTIK",
    ):
        assert "".join(words.split()) in told
    assert "".join(own[next(other for other in own if other != code)].split()) not in told


def test_a_duty_about_remarks_is_printed_only_when_there_are_some():
    content = old("FS3") | {"has_remarks": False}

    words = styled(content, LetterStyle())["words"]

    assert len(words["duties"]) == 3
    assert not any("catatan" in duty for duty in words["duties"])
    assert words["opening"][2] == "."
    assert len(styled(old("FS3"), LetterStyle())["words"]["duties"]) == 4


@needs_poppler
@pytest.mark.parametrize("font", LetterStyle.Font)
def test_the_letter_is_set_in_the_chosen_font_alone(font, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(render_pdf(worded("FS3", font=font)))

    command = [shutil.which("pdffonts"), file]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[2:]

    names = {row.split()[0].partition("+")[2] for row in rows}
    assert {"-".join(name.split("-")[:2]) for name in names} == {font.replace(" ", "-")}
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@pytest.mark.parametrize("is_tte", [False, True])
@pytest.mark.parametrize("font", LetterStyle.Font)
@pytest.mark.parametrize("margins", [OUTER, {}, INNER])
def test_the_text_and_the_foot_keep_to_the_margins(margins, font, is_tte):
    content = worded("FS3", font=font, logo=logo_png(), **margins) | {"is_tte": is_tte}
    style = LetterStyle(**margins)

    pdf = render_pdf(content)

    assert faults_of(pdf) == []
    (first, *_) = on_pages = list(lines_on(pdf))
    left, right = style.margin_left * MM, 595 - style.margin_right * MM
    assert all(left - 1 < box[0] and box[2] < right + 1 for box in first)
    assert min(abs(box[0] - left) for box in first) < 3
    assert max(box[3] for box in first) < 842 - style.margin_top * MM
    for boxes in on_pages:
        assert [box for box in boxes if box[1] < 7 or box[3] > 835] == []  # 2.5 mm from the edge of the paper
        assert over_each_other(boxes) == []


@pytest.mark.parametrize("name", TITLES)
def test_a_subject_with_any_title_is_one_heading_inside_the_page(name):
    content = titled(old("FS3"), TITLES[name])
    content |= styled(content, LetterStyle(subject="Surat Rekomendasi Kegiatan Statistik {judul}", logo=logo_png()))

    pdf = render_pdf(content)

    assert faults_of(pdf) == []
    for boxes in lines_on(pdf):
        assert beyond_the_edge(boxes) == []
        assert over_each_other(boxes) == []
    (signed,) = [page for page in pages(pdf) if content["signatory"]["name"] in page]
    assert "ucapkan terima kasih" in signed


def test_html_in_a_sentence_is_printed_as_it_was_typed():
    nasty = "<script>alert(1)</script><b style='position:fixed'>&amp;</b>"

    html = render_html(worded("FS3", closing=nasty, nature=nasty, request=nasty, duties=nasty), draft=False)

    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)") == 4


def test_a_cover_number_that_looks_like_an_insert_stays_as_it_is():
    content = old("FS3") | {"cover": {"number": "{layak} {kantor}", "date": "1 Januari 2026"}}

    opening = styled(content, LetterStyle())["words"]["opening"]

    assert "Nomor {layak} {kantor} tanggal" in opening[0]


def test_an_issued_letter_keeps_its_style_when_the_office_changes_it(letter):
    before = render_pdf(Letter.objects.get().content)
    LetterStyle(pk=1, nature="Segera", closing="Lain.", font="Liberation Serif", logo=logo_png()).save()

    assert render_pdf(Letter.objects.get().content) == before


def test_what_is_issued_is_what_the_office_set(verified, kepala):
    LetterStyle(pk=1, nature="Segera", logo=logo_png()).save()
    draft = draft_content(verified, occasion_of(kepala, verified.cover_date), replaces=None)

    content = issue(verified, by=kepala).content

    assert content["nature"] == "Segera"
    assert content["logo"].startswith("data:image/png;base64,")
    assert {name: draft[name] for name in NEW} == {name: content[name] for name in NEW}


def test_paper_has_no_other_fonts():
    with pytest.raises(ValueError, match="no font"):
        PageLayout(font='x"; } html { display: none')


@pytest.fixture
def opened(client_of: Callable, kepala, verified) -> Page:
    return Page(client_of(kepala), verified)


@pytest.mark.usefixtures("quick_paper")
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"nature": "Segera"}, "Sifat berubah: kini Segera."),
        ({"subject": "Surat {judul}"}, "Hal berubah: kini Surat Survei"),
        ({"closing": "Terima kasih."}, "Kalimat surat berubah."),
        ({"duties": "memberitahukan kembali."}, "Kalimat surat berubah."),
        ({"compilation_duties": "memberitahukan kembali."}, None),
        ({"font": "Liberation Serif"}, "Huruf dan tepi surat berubah."),
        ({"margin_left": 30}, "Huruf dan tepi surat berubah."),
        ({"logo": b"PNG"}, "Logo berubah."),
    ],
)
def test_the_kepala_is_told_what_the_admin_changed_since_the_draft_was_read(opened, settings, words):
    LetterStyle(pk=1, **settings).save()

    shown = opened.press()

    assert (words or "terbit dan menunggu tanda tangan") in shown
    assert Letter.objects.exists() == (words is None)


@pytest.mark.usefixtures("quick_paper")
def test_the_tembusan_stay_in_the_profile(verified, kepala):
    Office.objects.update(copies_to="Arsip Contoh")

    assert issue(verified, by=kepala).content["copies"] == ["Arsip Contoh"]
