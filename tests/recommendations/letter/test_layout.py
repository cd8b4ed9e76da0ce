"""Long and odd texts are printed whole, inside the page, and nothing lies over something else."""

import copy
import shutil
import subprocess
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pypdfium2
import pytest

from recommendations.letter.content import render_pdf
from tests.pdf_structure import faults_of, words_in_order

Box = tuple[float, float, float, float]
SIDE, WIDTH = 50, 595
"""In points: no page has narrower margins at its sides, and the width of A4."""
ARABIC, HEBREW = "\u0645\u0633\u062d \u0631\u0636\u0627", "\u05e1\u05e7\u05e8 \u05e9\u05d1\u05d9\u05e2\u05d5\u05ea"
TITLES = {
    "500 characters": ("Survei Kepuasan Masyarakat terhadap Pelayanan " * 11)[:500],
    "500 characters without a space": "Survei" * 83 + "ku",
    "500 wide characters": "W" * 500,
    "right to left": f"{ARABIC} {HEBREW} " * 20,
    "both ways": f"Survei {ARABIC} Kota {HEBREW} Banjarmasin",
    "HTML": '<script>alert(1)</script><b style="position:absolute">Survei</b> &amp; <img src=x> {{ letter }} {% now %}',
    "lines": "Survei\n\n\tKota\r\nBanjarmasin",
}
ENDING = ("berubah.", "ucapkan terima kasih", "Kepala Badan Pusat Statistik")
"""The last words before the signature, and its own first ones."""


def titled(content: dict[str, Any], title: str) -> dict[str, Any]:
    changed = copy.deepcopy(content)
    changed["finding"][0][1] = changed["annex"]["title"] = title
    return changed


def without_annex(content: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(content)
    changed["annex"]["blocks"] = []
    return changed


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def lines_on(pdf: bytes) -> Iterator[list[Box]]:
    """Yield the boxes of the pieces of text on each page: left, bottom, right, top, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            yield [text.get_rect(index) for index in range(text.count_rects())]


def beyond_the_edge(boxes: list[Box]) -> list[Box]:
    return [box for box in boxes if box[0] < SIDE or box[2] > WIDTH - SIDE + 1 or box[1] < 20]


def over_each_other(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Return the pairs that share more than the edge of a line."""
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if _shared(one, other, 0) > 1 and _shared(one, other, 1) > 3
    ]


def _shared(one: Box, other: Box, side: int) -> float:
    return min(one[side + 2], other[side + 2]) - max(one[side], other[side])


@pytest.mark.parametrize("name", TITLES)
def test_every_title_is_printed_whole_as_text_inside_the_page(letter, name):
    title = TITLES[name]

    pdf = render_pdf(titled(letter.content, title))

    assert faults_of(pdf) == []
    for boxes in lines_on(pdf):
        assert beyond_the_edge(boxes) == []
        assert over_each_other(boxes) == []
    printed, typed = ("".join(words.split()) for words in (words_in_order(pdf), title))
    if "right" not in name and "both" not in name:
        assert printed.count(typed) == 2  # in the letter and in its annex
    for sign in set(typed):
        assert printed.count(sign) >= 2 * typed.count(sign)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_words_from_right_to_left_are_read_back_in_their_order(letter, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(render_pdf(titled(letter.content, TITLES["both ways"])))

    told = subprocess.run([shutil.which("pdftotext"), file, "-"], check=True, capture_output=True, text=True).stdout

    for word in HEBREW.split():
        assert word in told


def test_the_signature_is_never_alone_on_a_page_however_long_the_words_are(letter):
    content = without_annex(letter.content)
    counts = set()
    for length in range(1, 46):
        content["finding"][1][1] = "Dinas Contoh yang namanya panjang sekali " * length
        told = pages(render_pdf(content))
        counts.add(len(told))
        signed = [page for page in told if content["signatory"]["name"] in page]
        assert [all(words in page for words in ENDING) for page in signed] == [True], length

    assert counts >= {2, 3}  # the lengths reach over the end of the page; the last page is the annex


@pytest.mark.parametrize("count", [1, 12, 30, 60])
def test_the_tembusan_are_printed_whole_however_many_there_are(letter, count):
    content = without_annex(letter.content) | {"copies": [f"Kepala Dinas Contoh ke-{n}" for n in range(1, count + 1)]}

    pdf = render_pdf(content)

    assert all(f"Contoh ke-{n}" in words_in_order(pdf) for n in range(1, count + 1))
    assert [beyond_the_edge(boxes) for boxes in lines_on(pdf)] == [[]] * len(pages(pdf))
    assert [over_each_other(boxes) for boxes in lines_on(pdf)] == [[]] * len(pages(pdf))


def test_an_answer_longer_than_a_page_is_printed_whole(letter):
    content = copy.deepcopy(letter.content)
    answer = " ".join(f"kalimat{n}" for n in range(1, 1500))
    content["annex"]["blocks"][0]["rincians"][0]["value"] = answer
    table = next(line for block in content["annex"]["blocks"] for line in block["rincians"] if line["rows"])
    table["rows"] = [{"name": f"Peubah ke-{n}", "words": answer[:300], "time": ""} for n in range(1, 60)]

    pdf = render_pdf(content)

    assert faults_of(pdf) == []
    assert " ".join(answer.split()) in " ".join(words_in_order(pdf).split())
    for boxes in lines_on(pdf):
        assert beyond_the_edge(boxes) == []


def test_long_names_and_a_long_number_stay_beside_each_other(letter):
    content = without_annex(letter.content)
    content["number"] = "B-036.01/63710/KS.200/HM.310/02/2026/PANJANG"
    content["place"] = "Kabupaten Hulu Sungai Selatan"
    content["signatory"]["name"] = "Prof. Dr. Ir. Hj. Siti Contoh Panjang Sekali Namanya, S.ST., M.Si., Ph.D."
    content["signatory"]["title"] = "Plt. Kepala Badan Pusat Statistik"

    (first, *_) = lines_on(render_pdf(content))

    assert beyond_the_edge(first) == []
    assert over_each_other(first) == []
