"""From the Kepala's telephone to the agency's check page and rating, by each way in which an office signs."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from playwright.sync_api import Page, expect

from guestbook.workflow import Status
from office.models import Office, SigningRoute, User
from pst_desk.examples import paper_pdf
from recommendations.letter import pdf
from recommendations.models import Applicant, Letter, Submission
from tests.esign_service import NIK, PASSPHRASE, PASSWORD, USER, esign_service
from tests.factories import VisitFactory, issued_submission, sign, verified_submission
from tests.journeys import people
from tests.signed_files import AUTHORITY, certificate, signed_pdf
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def submission(petugas: User, kepala: User) -> Submission:
    """Return a verified submission of a visit that was served, in an office that knows who issues certificates."""
    root = certificate(AUTHORITY, AUTHORITY).public_bytes(Encoding.PEM).decode()
    Office.objects.update(trusted_roots=root)
    User.objects.filter(pk=kepala.pk).update(nik=NIK)
    submission = verified_submission(petugas)
    Submission.objects.filter(pk=submission.pk).update(visit=VisitFactory(status=Status.SERVED))
    return Submission.objects.get(pk=submission.pk)


def sign_with_ink(desk: Page, head: Page, picture: Callable[..., None]) -> None:
    """The officer prints the letter, the Kepala signs the paper, and its scan is compared with the letter."""
    letter = Letter.objects.get()
    desk.goto(f"/permohonan/{letter.submission_id}/")
    people.scan_letter(desk, people.scan_of(letter))
    people.accept_scan(desk)


def sign_elsewhere(desk: Page, head: Page, picture: Callable[..., None]) -> None:
    """The officer downloads exactly our file, the Kepala signs it in another application, and it is uploaded."""
    letter = Letter.objects.get()
    desk.goto(f"/permohonan/{letter.submission_id}/")
    desk.reload()
    with desk.expect_download() as download:
        desk.get_by_role("link", name=re.compile("Unduh PDF")).first.click()
    drawn = Path(download.value.path()).read_bytes()
    assert drawn == Path(letter.pdf.path).read_bytes()
    with ThreadPoolExecutor() as aside:  # the browser's loop of events runs in this thread, and pyHanko has its own
        signed = aside.submit(signed_pdf, drawn).result()
    file = {"name": "bertandatangan.pdf", "mimeType": "application/pdf", "buffer": signed}
    desk.locator("input[type=file][accept*=pdf]").first.set_input_files(file)
    desk.get_by_role("button", name="Unggah").first.click()
    expect(desk.get_by_text("Unduh surat bertanda tangan")).to_be_visible()


def sign_on_the_telephone(desk: Page, head: Page, picture: Callable[..., None]) -> None:
    """The Kepala types the passphrase on the telephone, and the office's signing service signs."""
    head.goto("/terbitkan/")
    head.get_by_role("link", name="Tandatangani").click()
    head.get_by_role("checkbox").check()
    head.get_by_label(re.compile("Passphrase", re.IGNORECASE)).fill(PASSPHRASE)
    picture(head, "kepala-sign")
    head.get_by_role("button", name="Tandatangani").click()
    expect(head.get_by_text(re.compile("ditandatangani")).first).to_be_visible()


ROUTES = {
    # the office's way, who signs how, and what the check page says of the mailed file and of a forged one
    SigningRoute.WET: (
        sign_with_ink,
        "sama persis dengan pindaian surat yang ditandatangani Siti Contoh",
        "Pindaian atau foto tidak dapat dibandingkan",  # it is another picture: a program cannot say of what
    ),
    SigningRoute.ELSEWHERE: (sign_elsewhere, "Berkas ini asli", "Berkas ini bukan surat dari kantor ini"),
    SigningRoute.ESIGN: (sign_on_the_telephone, "Berkas ini asli", "Berkas ini bukan surat dari kantor ini"),
}


@contextmanager
def signing_service(settings):
    """Let the office use a stand-in of the signing service."""
    with esign_service("v2") as standin:
        settings.ESIGN_URL, settings.ESIGN_USER, settings.ESIGN_PASSWORD = standin.url, USER, PASSWORD
        settings.ESIGN_VERSION = standin.version
        yield


@pytest.mark.parametrize("route", ROUTES)
def test_a_letter_goes_from_the_kepala_to_the_check_page_and_the_rating(
    worker,
    mailbox,
    submission,
    petugas,
    kepala,
    page_of,
    new_page,
    picture,
    picture_of_paper,
    settings,
    tmp_path,
    route,
):
    Office.objects.update(signing_route=route)
    sign, told, of_forged = ROUTES[route]
    desk, head, phone = page_of(petugas), page_of(kepala, 390, 844), new_page(390, 844)

    head.goto(f"/terbitkan/{submission.pk}/")
    head.get_by_role("link", name="Terbitkan surat").click()
    head.get_by_role("dialog").get_by_role("button", name="Terbitkan surat").click()
    expect(head.get_by_text(re.compile("Surat B-001/63710/HM.310/20.. terbit"))).to_be_visible()
    wait_until(lambda: Letter.objects.get().is_drawn)
    with signing_service(settings):
        sign(desk, head, picture)

    message = people.mail_about(mailbox, "Surat Rekomendasi")
    given = tmp_path / "surat.pdf"
    given.write_bytes(next(message.iter_attachments()).get_content())
    picture_of_paper(given, "letter-scanned" if route == SigningRoute.WET else "letter")
    words = message.get_body().get_content()
    phone.goto(path_in(words, "unduh"))
    with phone.expect_download() as download:
        phone.get_by_role("button", name=re.compile("Unduh surat")).click()
    assert Path(download.value.path()).read_bytes() == given.read_bytes()
    assert f"SHA-256 berkas: {Letter.objects.get().copies.get().sha256}" in words
    desk.goto(f"/permohonan/{submission.pk}/")
    expect(desk.get_by_text("Sudah diunduh")).to_be_visible()

    phone.goto(path_in(words, "s"))
    picture(phone, "check-page", full_page=True)
    phone.locator("input[type=file]").set_input_files(given)
    expect(phone.get_by_text(told).first).to_be_visible()
    picture(phone, "check-scan" if route == SigningRoute.WET else "check-signed", full_page=True)
    unsigned = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": pdf.pdf_of(Letter.objects.get())}
    phone.locator("input[type=file]").set_input_files(unsigned)
    expect(phone.get_by_role("heading", name="Berkas Anda belum ditandatangani")).to_be_visible()
    picture(phone, "check-unsigned", full_page=True)
    forged = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": one_byte_changed(given.read_bytes())}
    phone.locator("input[type=file]").set_input_files(forged)
    expect(phone.get_by_text(of_forged).first).to_be_visible()
    picture(phone, "check-forged", full_page=True)

    phone.goto(path_in(words, "nilai"))
    people.rate_service(phone)
    desk.goto("/surat/register/")
    expect(desk.get_by_text("B-001/63710").first).to_be_visible()
    picture(desk, "register")


def path_in(words: str, first: str) -> str:
    """Return the path of the address in a mail whose path begins with this word."""
    return re.search(rf"https://pst\.contoh\.example(/{first}/\S*)", words)[1]


def one_byte_changed(pdf: bytes) -> bytes:
    middle = len(pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def test_the_check_page_sends_a_chosen_file_by_itself_and_has_no_button_to_press(petugas, kepala, new_page):
    letter = issued_submission(petugas, kepala).letter
    pdf.draw(letter.pk)
    phone = new_page(390, 844)
    phone.goto(f"/s/{letter.token}/")
    expect(phone.get_by_role("button", name="Periksa berkas")).to_be_hidden()

    forged = {"name": "palsu.pdf", "mimeType": "application/pdf", "buffer": paper_pdf("Surat palsu")}
    phone.locator("#check input[type=file]").set_input_files(forged)

    expect(phone.get_by_role("heading", name="Berkas ini bukan surat kami")).to_be_visible()
    expect(phone.get_by_role("button", name="Periksa berkas")).to_be_hidden()


def test_several_letters_are_counted_on_the_button_and_confirmed_by_their_numbers(petugas, kepala, page_of):
    for _ in range(3):
        verified_submission(petugas)
    head = page_of(kepala, 390, 844)
    head.goto("/terbitkan/bersama/")
    dialog = head.get_by_role("dialog")

    head.get_by_role("checkbox").first.uncheck()
    head.get_by_role("button", name="Terbitkan 2 surat").click()
    expect(dialog.get_by_role("heading", name="Terbitkan 2 surat?")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_text([re.compile("B-001/"), re.compile("B-002/")])
    before = Letter.objects.count()
    dialog.get_by_role("button", name="Terbitkan 2 surat").click()

    expect(head.get_by_text(re.compile("terbit dan menunggu tanda tangan"))).to_be_visible()
    assert (before, Letter.objects.count()) == (0, 2)


def test_the_submission_fits_on_the_telephone_of_the_kepala_with_a_long_address(petugas, kepala, page_of):
    letter = issued_submission(petugas, kepala).letter
    pdf.draw(letter.pk)
    address = "dinas.kependudukan.dan.pencatatan.sipil.kota@contoh-pemerintah-kota.example"
    Applicant.objects.update(email=address)
    sign(letter, by=petugas)
    phone = page_of(kepala, 390, 844)

    phone.goto(f"/permohonan/{letter.submission_id}/")

    expect(phone.get_by_text(address).first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
