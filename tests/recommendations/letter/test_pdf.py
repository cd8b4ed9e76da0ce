"""The PDF of a letter is drawn and read back."""

import copy
import hashlib
import io
import re
import socket
from pathlib import Path

import pytest
from pypdf import PdfReader

from recommendations.letter import pdf
from recommendations.letter.content import render_pdf
from recommendations.letter.pdf import draw, pdf_of
from recommendations.models import Letter
from recommendations.papers import FileDamaged
from recommendations.workflow import Move
from tests.recommendations.conftest import ADVICE


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_the_pdf_holds_numbers_title_and_remarks_on_three_pages(letter):
    pdf = render_pdf(letter.content)

    words = words_of(pdf)
    for expected in (
        letter.number,
        letter.identity_number,
        letter.content["annex"]["title"],
        ADVICE,
        "Halaman 1 dari 3",
    ):
        assert expected in words
    assert pages_of(pdf) == 3


def test_every_page_names_the_number_once_in_its_head_or_its_text(letter):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(letter.content))).pages]

    assert len(pages) == 3
    assert [f"Nomor {letter.number}" in " ".join(page.split()) for page in pages[1:]] == [True, True]
    assert f"Nomor {letter.number}" not in pages[0].splitlines()[0]


def test_the_pdf_is_a4_archivable_and_tagged(letter):
    reader = PdfReader(io.BytesIO(render_pdf(letter.content)))

    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own boolean
    assert reader.trailer["/Root"]["/Lang"] == "id"
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"part\W+3\b", metadata)
    assert re.search(r"conformance\W+U\b", metadata)


def test_the_same_words_give_the_same_bytes(letter):
    assert render_pdf(letter.content) == render_pdf(copy.deepcopy(letter.content))


def test_drawing_makes_no_network_connection(letter, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the letter reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    content = copy.deepcopy(letter.content)
    content["annex"]["title"] = '<img src="http://contoh.example/x.png">'

    assert "http://contoh.example/x.png" in words_of(render_pdf(content))


def test_a_title_of_500_signs_keeps_the_signature_in_one_piece(letter):
    content = copy.deepcopy(letter.content)
    content["finding"][0][1] = ("Survei Kepuasan Masyarakat terhadap Pelayanan " * 11)[:500]

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(content))).pages]

    assert len(pages) == 4
    for words in ("ucapkan terima kasih", "Kepala Badan Pusat Statistik", content["signatory"]["name"]):
        assert words in pages[1]
        assert words not in pages[0]


def test_forty_variables_empty_remarks_and_endless_words_are_all_printed(letter):
    content = copy.deepcopy(letter.content)
    line = next(line for block in content["annex"]["blocks"] for line in block["rincians"] if line["rows"])
    line["rows"] = [{"name": f"Peubah ke-{number}", "words": "", "time": ""} for number in range(1, 41)]
    line["remarks"] = ["", "<&>", "x" * 200]

    words = words_of(render_pdf(content))

    assert "40. Peubah ke-40." in words
    assert "Catatan: <&>" in words
    assert words.count("x") >= 200
    assert "x" * 200 not in words  # broken into lines, not printed beyond the edge


def test_drawing_stores_file_hash_and_time_under_a_random_name(letter):
    draw(letter.pk)

    letter.refresh_from_db()
    assert hashlib.sha256(Path(letter.pdf.path).read_bytes()).hexdigest() == letter.sha256
    assert re.fullmatch(r"letters/[0-9a-f]{32}\.pdf", letter.pdf.name)
    assert letter.token not in letter.pdf.name
    assert letter.drawn_at


def test_a_drawn_letter_is_never_drawn_again(drawn, monkeypatch):
    monkeypatch.setattr(pdf, "render_pdf", lambda content: pytest.fail("drawn again"))
    name = drawn.pdf.name

    draw(drawn.pk)

    drawn.refresh_from_db()
    assert drawn.pdf.name == name
    assert drawn.submission.events.filter(move=Move.DRAW).count() == 1


def test_of_two_workers_who_draw_at_once_the_first_file_stays(letter, monkeypatch):
    def draw_while_another_finishes(content):
        monkeypatch.setattr(pdf, "render_pdf", render_pdf)
        draw(letter.pk)
        return b"%PDF the slower one"

    monkeypatch.setattr(pdf, "render_pdf", draw_while_another_finishes)
    draw(letter.pk)

    letter.refresh_from_db()
    assert pdf_of(letter) != b"%PDF the slower one"
    assert letter.submission.events.filter(move=Move.DRAW).count() == 1


def test_a_letter_that_is_not_there_is_not_drawn(letter):
    draw(10**6)

    assert not Letter.objects.get().is_drawn
    draw(letter.pk)
    assert Letter.objects.get().is_drawn


@pytest.mark.parametrize("harm", ["changed", "gone", "unreadable"])
def test_a_changed_or_missing_letter_file_is_not_given_out(drawn, harm):
    path = Path(drawn.pdf.path)
    if harm in {"gone", "unreadable"}:
        path.unlink()
    if harm == "unreadable":
        path.mkdir()
    if harm == "changed":
        path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(FileDamaged, match=re.escape(drawn.number)):
        pdf_of(Letter.objects.get(pk=drawn.pk))


def test_a_letter_of_an_office_of_examples_says_so_on_every_page(letter):
    def marked(content):
        pages = PdfReader(io.BytesIO(render_pdf(content))).pages
        return ["CONTOH" in page.extract_text().split() for page in pages]

    assert marked(letter.content | {"is_example": True}) == [True] * 3
    assert marked(letter.content) == [False] * 3
