"""The public page to which the QR code of a letter leads."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import paper
from tests.pages import page

pytestmark = pytest.mark.usefixtures("quick_paper")


@pytest.fixture
def check(client):
    return lambda letter: client.get(f"/s/{letter.token}/")


def test_the_page_shows_the_recorded_facts_without_a_sign_in(drawn, check):
    page = check(drawn).content.decode()

    assert "Surat ini menunggu tanda tangan" in page
    assert "Belum ditandatangani" in page
    for words in (
        drawn.number,
        drawn.identity_number,
        drawn.content["date"],
        drawn.sha256,
        "Kepala Badan Pusat Statistik",
    ):
        assert words in page


@pytest.mark.parametrize("subject", ["Surat Rekomendasi Kegiatan Statistik Survei Contoh", None])
def test_the_page_has_the_subject_that_the_letter_has(drawn, check, subject):
    content = {name: words for name, words in drawn.content.items() if name != "subject"}
    drawn.content = content | ({"subject": subject} if subject else {})  # older letters have none
    drawn.save(update_fields=["content"])

    shown = " ".join(check(drawn).content.decode().split())

    assert f"<dt>Hal</dt> <dd> {subject or 'Rekomendasi Kegiatan Statistik'} </dd>" in shown


def test_the_page_shows_no_personal_data(drawn, client, client_of, petugas):
    applicant = drawn.submission.applicant

    shown = page(client, f"/s/{drawn.token}/", "Surat ini menunggu tanda tangan")
    desk = page(client_of(petugas), f"/permohonan/{drawn.submission_id}/", drawn.number)

    for secret in (applicant.email, applicant.name):
        assert secret in desk
    for secret in (
        applicant.email,
        applicant.name,
        applicant.phone,
        drawn.issued_by.name,
        drawn.issued_by.nip,
        "disdukcapil@",
    ):
        assert secret not in shown


def test_before_the_pdf_is_drawn_the_page_says_so(letter, check):
    page = check(letter).content.decode()

    assert "PDF sedang dibuat" in page
    assert "Periksa berkas" not in page


def test_an_empty_press_after_a_forged_file_says_so_at_the_field_and_is_not_green(signed, client):
    forged = client.post(f"/s/{signed.token}/", {"file": paper("palsu.pdf", "Surat palsu")}).content.decode()

    empty = client.post(f"/s/{signed.token}/").content.decode()
    opened = page(client, f"/s/{signed.token}/", "Surat ini berlaku")

    assert "Berkas ini bukan surat kami" in forged
    assert "Pilih berkas PDF yang ingin diperiksa." in empty
    assert "Berkas belum diperiksa" in empty
    assert 'class="verdict ok"' in opened
    assert 'class="verdict ok"' not in empty


def test_a_file_that_is_empty_leaves_no_green_head(signed, client):
    shown = client.post(f"/s/{signed.token}/", {"file": SimpleUploadedFile("kosong.pdf", b"")}).content.decode()

    assert 'class="verdict' in shown
    assert 'class="verdict ok"' not in shown


@pytest.mark.parametrize("token", ["tidak-ada", "x" * 300, "a%20b"])
def test_an_unknown_token_is_not_found(db, client, token):
    assert client.get(f"/s/{token}/").status_code == 404


def test_the_page_is_not_cached(drawn, check):
    assert "no-store" in check(drawn)["Cache-Control"]


def test_the_facts_on_the_page_are_frozen(drawn, client):
    page(client, f"/s/{drawn.token}/", drawn.submission.applicant.agency.name)
    drawn.submission.applicant.agency.name = "Dinas Lain"
    drawn.submission.applicant.agency.save()

    after = page(client, f"/s/{drawn.token}/", "Surat ini menunggu tanda tangan")
    assert "Dinas Lain" not in after
