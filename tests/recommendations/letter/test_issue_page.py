"""The pages of the Kepala: the queue, issuing a letter, sending a submission back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from office.models import Head, Office
from recommendations.models import Dispatch, Letter
from recommendations.workflow import LetterStatus, Status
from tests.factories import verified_submission
from tests.pages import unwrapped

YEAR = timezone.localdate().year
NUMBERS = {"number": f"B-007/63710/HM.310/{YEAR}", "identity_number": f"V-{YEAR % 100}.6371.009"}
pytestmark = pytest.mark.usefixtures("quick_paper")


@pytest.fixture
def desk(client_of, kepala):
    return client_of(kepala)


def url(name: str, submission, *args) -> str:
    return reverse(f"recommendations:{name}", args=[submission.pk, *args])


def issue_on_page(desk, submission, typed=NUMBERS, **options):
    """Open the page, type the numbers, and press "Terbitkan surat"."""
    address = url("letter_issue", submission)
    shown = desk.get(address).context["shown"]
    return desk.post(address, typed | {"shown": shown}, **options)


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_queue_shows_the_waiting_submissions_and_their_remarks(desk, verified, petugas):
    verified_submission(petugas)

    page = page_of(desk.get(reverse("recommendations:letter_queue")))

    assert "2 surat menunggu Anda" in page
    assert "1 saran ikut ke lampiran" in page
    assert "Tanpa catatan" in page


def test_an_empty_queue_says_so(desk):
    assert "Tidak ada surat yang menunggu" in page_of(desk.get(reverse("recommendations:letter_queue")))


def test_the_queue_needs_no_more_queries_for_more_letters(desk, verified, petugas, django_assert_max_num_queries):
    for _ in range(3):
        verified_submission(petugas)
    desk.get(reverse("office:account"))  # looks whether the system's badge is needed; that holds for a minute

    with django_assert_max_num_queries(18):
        page = page_of(desk.get(reverse("recommendations:letter_queue")))

    assert "4 surat menunggu Anda" in page


def test_the_page_suggests_the_next_numbers_and_says_who_verified(desk, verified):
    page = page_of(desk.get(url("letter_issue", verified)))

    assert re.search(r'value="B-001/63710/HM\.310/\d{4}"', page)
    assert re.search(r'value="V-\d\d\.6371\.001"', page)
    assert "Dinyatakan layak oleh Rina Contoh" in page
    assert "Wilayah Kota Banjarmasin" in page
    assert "Halaman 1 dari 1" in page


def test_a_tap_on_the_draft_shows_its_page_larger_in_a_box_of_its_own(desk, verified):
    fitted, large = (page_of(desk.get(url("letter_issue", verified), query)) for query in ({}, {"besar": ""}))

    assert '<a href="?halaman=1&amp;besar#surat"' in fitted
    assert "dapat digeser" not in fitted
    assert 'class="letter-view is-large" tabindex="0" role="group" aria-label="Halaman surat, dapat digeser"' in large
    assert '<a href="?halaman=1#surat"' in large


def test_issuing_freezes_the_letter_and_leads_back_to_the_queue(desk, verified):
    page = page_of(issue_on_page(desk, verified, follow=True))

    letter = Letter.objects.get()
    verified.refresh_from_db()
    assert f"Surat {NUMBERS['number']} terbit dan menunggu tanda tangan." in unwrapped(page)
    assert (letter.number, letter.identity_number) == tuple(NUMBERS.values())
    assert verified.status == Status.ISSUED
    assert letter.status == LetterStatus.ISSUED
    assert not Dispatch.objects.exists()


def test_a_double_click_issues_one_letter(desk, verified):
    shown = desk.get(url("letter_issue", verified)).context["shown"]

    for _ in range(2):
        answer = desk.post(url("letter_issue", verified), NUMBERS | {"shown": shown}, follow=True)

    assert Letter.objects.count() == 1
    assert "tidak dapat dilakukan" in page_of(answer)


@pytest.mark.parametrize("field", ["number", "identity_number"])
def test_a_number_already_used_is_refused_at_its_field_with_the_next_free_one(desk, letter, petugas, field):
    other = verified_submission(petugas)

    page = page_of(issue_on_page(desk, other, NUMBERS | {field: getattr(letter, field)}))

    assert f"Nomor {getattr(letter, field)} sudah dipakai surat lain. Berikutnya:" in page
    assert "002" in page
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("number", "", "Isi nomor surat."),
        ("number", "\u200b\x07", "Isi nomor surat."),
        ("number", "B" * 101, "100"),
        ("number", "B-900", f"tidak mengikuti pola kantor. Tulis seperti B-012/63710/HM.310/{YEAR}."),
        ("identity_number", "", "Isi identitas rekomendasi."),
        ("identity_number", "V-26.6371.1", "Tulis seperti V-26.6371.001."),
        ("identity_number", "V-٢٦.6371.001", "Tulis seperti V-26.6371.001."),
        ("identity_number", "K-26.6371.001", "Kegiatan ini bernomor V, bukan K."),
    ],
)
def test_an_invalid_number_is_refused_at_its_field(desk, verified, field, typed, words):
    page = page_of(desk.post(url("letter_issue", verified), NUMBERS | {field: typed}))

    assert words in page
    assert not Letter.objects.exists()


def test_small_letters_and_missing_zeros_are_taken_and_written_the_offices_way(desk, verified):
    typed = {"number": f" b-7/63710/hm.310/{YEAR} ", "identity_number": f"v-{YEAR % 100}.6371.009"}

    issue_on_page(desk, verified, typed)

    letter = Letter.objects.get()
    assert (letter.number, letter.identity_number) == tuple(NUMBERS.values())


def test_an_unusual_number_is_reported_at_its_field_and_issued_with_a_reason(desk, verified):
    typed = NUMBERS | {"number": f"B-36.1/63710/HM.310/{YEAR}"}

    answer = issue_on_page(desk, verified, typed)
    told, issued_at_once = page_of(answer), Letter.objects.exists()
    shown = answer.context["shown"]
    desk.post(url("letter_issue", verified), typed | {"number_reason": "Surat terlewat.", "shown": shown})

    assert "Nomor ini nomor sisipan, dan nomor dasarnya 36 tidak ada pada register." in told
    assert '<textarea name="number_reason"' in told
    assert not issued_at_once
    assert Letter.objects.get().numbers.get(register="own").reason == "Surat terlewat."


def test_the_reason_is_not_asked_for_usual_numbers(desk, verified):
    page = page_of(desk.get(url("letter_issue", verified)))

    assert '<input type="hidden" name="number_reason"' in page
    assert "Alasan memakai nomor ini" not in page


def test_a_reason_that_was_typed_for_another_number_is_asked_again(desk, verified):
    typed = NUMBERS | {"number": f"B-36.1/63710/HM.310/{YEAR}"}
    shown = issue_on_page(desk, verified, typed).context["shown"]
    other = {"number": f"B-500/63710/HM.310/{YEAR}", "number_reason": "Surat terlewat.", "shown": shown}

    page = page_of(desk.post(url("letter_issue", verified), NUMBERS | other))

    assert "Nomor ini melompati 499 nomor sejak awal tahun." in page
    assert "Surat terlewat.</textarea>" in page
    assert not Letter.objects.exists()


def test_the_common_register_leaves_the_field_empty_and_says_where_the_number_comes_from(desk, verified):
    Office.objects.update(letter_register=Office.LetterRegister.COMMON)

    answer = desk.get(url("letter_issue", verified))
    page = page_of(issue_on_page(desk, verified, NUMBERS | {"number": ""}))

    assert answer.context["form"]["number"].value() == ""
    assert "Dari register umum kantor: minta nomor, lalu ketik di sini." in page_of(answer)
    assert "Isi nomor surat." in page


def test_a_kepala_who_does_not_head_the_office_today_cannot_issue(desk, verified):
    Head.objects.update(until_on="2020-12-31")

    assert 'aria-disabled="true"' in page_of(desk.get(url("letter_issue", verified)))
    assert "tidak tercatat sebagai Kepala" in page_of(desk.post(url("letter_issue", verified), NUMBERS, follow=True))
    assert not Letter.objects.exists()


def test_sending_back_needs_a_reason_and_the_officer_reads_it(desk, verified):
    assert "Tulis alasan pengembalian." in page_of(
        desk.post(url("letter_send_back", verified), {"reason": " "}, follow=True)
    )

    page = page_of(desk.post(url("letter_send_back", verified), {"reason": "Wilayahnya belum jelas."}, follow=True))

    verified.refresh_from_db()
    assert "dikembalikan kepada petugas" in page
    assert verified.status == Status.CHECKING
    assert verified.events.filter(note="Wilayahnya belum jelas.").exists()


def test_the_issue_page_of_an_issued_submission_redirects_to_the_submission(desk, letter):
    answer = desk.get(url("letter_issue", letter.submission))

    assert answer.url == url("submission_detail", letter.submission)


def test_an_officer_cannot_issue(client_of, petugas, verified):
    officer = client_of(petugas)

    for answer in (
        officer.get(reverse("recommendations:letter_queue")),
        officer.post(url("letter_issue", verified), NUMBERS),
        officer.post(url("letter_send_back", verified), {"reason": "x"}),
        officer.get(url("draft_page", verified, 1)),
        officer.get(url("draft_pdf", verified)),
    ):
        assert answer.status_code == 403


def test_a_former_head_who_kept_the_role_sends_nothing_back(desk, verified, kepala):
    Head.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    page = page_of(desk.post(url("letter_send_back", verified), {"reason": "Periksa lagi."}, follow=True))

    verified.refresh_from_db()
    assert "Anda tidak tercatat sebagai Kepala" in page
    assert verified.status == Status.VERIFIED


def test_with_an_address_of_this_machine_the_page_says_why_nothing_is_issued(desk, verified):
    Office.objects.update(public_url="http://localhost:8000")

    shown = page_of(desk.get(url("letter_issue", verified)))
    answer = page_of(issue_on_page(desk, verified, follow=True))

    assert "alamat web loket masih http://localhost:8000" in shown
    assert 'href="?konfirmasi=terbitkan"' not in shown
    assert "alamat web loket masih http://localhost:8000" in answer
    assert not Letter.objects.exists()
