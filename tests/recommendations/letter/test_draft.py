"""The draft for the Kepala: pictures of its pages, and the PDF."""

import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from recommendations.letter import drafts
from recommendations.letter.content import render_pdf
from recommendations.uploads import apart


@pytest.fixture
def look(client_of, kepala, verified):
    desk = client_of(kepala)
    return lambda page, query="": desk.get(reverse("recommendations:draft_page", args=[verified.pk, page]) + query)


@pytest.fixture
def pdf(client_of, kepala, verified):
    desk = client_of(kepala)
    return lambda query="": desk.get(reverse("recommendations:draft_pdf", args=[verified.pk]) + query)


def words_of(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_a_page_is_a_picture_a_thousand_pixels_wide(look):
    answer = look(1)

    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1000, 1415)


def test_every_page_is_another_picture_and_there_are_no_more(look):
    assert len({look(page).content for page in (1, 2, 3)}) == 3
    assert look(4).status_code == 404
    assert look(0).status_code == 404


def test_turning_pages_draws_the_letter_once(look, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        drafts, "render_pdf", lambda content, draft: drawn.append(draft) or render_pdf(content, draft=draft)
    )

    for page in (1, 2, 3, 1):
        look(page)

    assert drawn == [True]


def test_the_draft_shows_the_numbers_typed_so_far(pdf):
    words = words_of(pdf("?number=B-071/63710/HM.310/2026&identity_number=V-26.6371.012"))

    assert "B-071/63710/HM.310/2026" in words
    assert "V-26.6371.012" in words
    assert "Konsep, belum diterbitkan" in words


@pytest.mark.parametrize("query", ["", "?number=", "?number=%07"])
def test_without_a_printable_number_the_draft_shows_a_placeholder(pdf, query):
    assert "(diisi saat terbit)" in words_of(pdf(query))


def test_a_changed_remark_is_another_draft(pdf, verified):
    before = words_of(pdf())
    verified.rounds.get().remarks.update(text="Mohon catatan yang lain.")

    assert "Mohon catatan yang lain." in words_of(pdf())
    assert "Mohon catatan yang lain." not in before


def test_drafts_are_not_cached(look, pdf):
    for answer in (look(1), pdf()):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_there_is_no_draft_of_an_issued_letter(client_of, kepala, letter):
    answer = client_of(kepala).get(reverse("recommendations:draft_pdf", args=[letter.submission_id]))

    assert answer.status_code == 404


def test_the_page_of_the_kepala_opens_also_when_no_picture_can_be_drawn_now(client_of, kepala, verified, monkeypatch):
    cache.clear()
    monkeypatch.setattr(apart, "_run", lambda *_: 1)
    place = reverse("recommendations:letter_issue", args=[verified.pk])

    page = client_of(kepala).get(place).content.decode()

    assert "Gambar halaman belum dapat dibuat. Buka PDF di bawah" in page
