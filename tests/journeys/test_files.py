"""Files arrive by telephone, by dropping and by pasting, and are viewed in the desk."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from pst_desk.examples import paper_pdf
from recommendations.attachments.actions.phone import open_link
from recommendations.models import Attachment
from tests.factories import SubmissionFactory, recorded_submission
from tests.recommendations.uploads import samples

pytestmark = pytest.mark.django_db(transaction=True)


def photo(name: str, width: int) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": samples.photo((width, 400))}


@pytest.fixture
def submission(office, live_server):
    office.public_url = live_server.url
    office.save()
    return SubmissionFactory()


def attachments_of(submission) -> str:
    return reverse("recommendations:attachments", args=[submission.pk])


def test_two_photos_of_a_telephone_come_to_the_officers_page_and_become_one_paper(
    submission, petugas, page_of, new_page, picture, problems
):
    desk, phone = page_of(petugas), new_page(390, 844, has_touch=True, is_mobile=True)
    desk.goto(attachments_of(submission))

    desk.get_by_role("button", name="Foto dari ponsel").click()
    expect(desk.get_by_text(re.compile(r"Berlaku (30\.00|29\.\d\d) menit lagi"))).to_be_visible()
    picture(desk, "attachments")
    phone.goto(desk.locator(".phone-address").get_attribute("href"))
    phone.get_by_label("Foto dengan kamera").set_input_files([photo("a.jpg", 300), photo("b.jpg", 301)])

    expect(phone.get_by_text("Diterima petugas")).to_have_count(2)
    expect(desk.get_by_role("link", name="a.jpg", exact=True)).to_be_visible()
    expect(desk.get_by_role("link", name="b.jpg", exact=True)).to_be_visible()
    expect(desk.get_by_text("lewat ponsel")).to_have_count(2)
    picture(phone, "phone-upload", full_page=True)

    phone.get_by_role("button", name="Gabungkan 2 foto menjadi satu PDF").click()

    expect(phone.get_by_text("Foto digabungkan menjadi satu PDF.")).to_be_visible()
    expect(desk.get_by_role("link", name="Surat pengantar, 2 halaman.pdf", exact=True)).to_be_visible()
    expect(desk.get_by_role("link", name="a.jpg", exact=True)).to_have_count(0)
    expect(desk.locator("#missing").get_by_text("Surat pengantar/permohonan")).to_have_count(0)

    desk.get_by_role("button", name="Tutup tautan").click()
    expect(desk.get_by_role("button", name="Foto dari ponsel")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Tautan ini sudah ditutup atau diganti.")).to_be_visible()
    problems.clear()  # the browser logs the answer 410


def drop(page: Page, event: str, files: list[tuple[str, bytes]]) -> None:
    """Fire the browser's event for dropped files ("drop") or a pasted screenshot ("paste")."""
    page.evaluate(
        """([event, files]) => {
            const carried = new DataTransfer();
            for (const [name, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name));
            const kind = event === "paste" ? ClipboardEvent : DragEvent;
            const name = event === "paste" ? "clipboardData" : "dataTransfer";
            document.querySelector("#isi").dispatchEvent(
              new kind(event, { [name]: carried, bubbles: true, cancelable: true }));
        }""",
        [event, [[name, list(content)] for name, content in files]],
    )


def heavy_photo() -> bytes:
    """Return a photo of more than 10 MB: a telephone adds a film after the picture."""
    return samples.photo((1200, 900)) + b"\0" * (11 * 1024 * 1024)


def huge_progressive_photo() -> bytes:
    """Return a progressive JPEG of 51 megapixels."""
    kept = io.BytesIO()
    Image.new("L", (8500, 6000), 200).save(kept, "JPEG", progressive=True, quality=30)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("make", "width"), [(heavy_photo, 1200), (huge_progressive_photo, 4000)], ids=["12 MB", "51 megapixels"]
)
def test_a_photo_above_the_limits_of_the_server_is_made_smaller_on_the_desk(submission, petugas, page_of, make, width):
    desk = page_of(petugas)
    desk.goto(attachments_of(submission))

    large = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": make()}
    desk.locator("#upload input[type=file]").set_input_files(large)
    desk.locator("#upload").get_by_role("button", name="Lampirkan").click()

    expect(desk.locator("#files").get_by_role("link", name="foto.jpg", exact=True)).to_be_visible(timeout=30_000)
    kept = Attachment.objects.get()
    with Image.open(kept.file.path) as picture:
        assert (picture.width, kept.size < 10 * 1024 * 1024) == (width, True)


def test_files_are_dropped_and_pasted_and_their_kind_is_corrected(submission, petugas, page_of, problems):
    desk = page_of(petugas)
    desk.goto(attachments_of(submission))

    drop(desk, "drop", [("Jadwal 2027.pdf", paper_pdf("Jadwal")), ("surat.pdf", b"MZ"), ("KAK.pdf", paper_pdf("KAK"))])
    drop(desk, "paste", [("image.png", samples.photo(kind="PNG"))])

    expect(desk.get_by_label("Jenis Jadwal 2027.pdf")).to_have_value("jadwal")
    expect(desk.get_by_label("Jenis KAK.pdf")).to_have_value("kak")
    expect(desk.locator("#sending").get_by_text("Isi berkas ini bukan PDF")).to_be_visible()
    expect(desk.get_by_label("Keterangan image.png")).to_have_value("image")
    desk.get_by_label("Jenis image.png").select_option("instrumen")
    instrument = desk.locator(".kind").filter(has=desk.locator("p > b", has_text="Instrumen"))
    expect(instrument.get_by_role("link", name="image.png", exact=True)).to_be_visible()
    desk.locator("#sending").get_by_role("button", name="Tutup").click()
    expect(desk.locator("#sending li")).to_have_count(0)
    assert submission.attachments.get(name="image.png").kind == "instrumen"
    problems.clear()  # the browser logs the answer 422


def test_a_file_is_read_page_by_page_with_the_keyboard(worker, submission, petugas, page_of):
    desk = page_of(petugas)
    desk.goto(attachments_of(submission))
    desk.locator("#upload input[type=file]").set_input_files(
        {"name": "KAK.pdf", "mimeType": "application/pdf", "buffer": samples.long_pdf(3)}
    )
    desk.get_by_role("button", name="Lampirkan").click()

    desk.get_by_role("link", name="KAK.pdf", exact=True).click()
    expect(desk.get_by_text("Halaman 1 dari 3")).to_be_visible()
    desk.wait_for_load_state()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_text("Halaman 2 dari 3")).to_be_visible()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_text("Halaman 3 dari 3")).to_be_visible()
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_alt_text(re.compile("halaman 2 dari 3"))).to_be_visible()
    desk.keyboard.press("Escape")

    expect(desk).to_have_url(re.compile(attachments_of(submission)))


def test_the_telephone_sends_without_script_too(submission, petugas, new_page):
    link = open_link(submission, by=petugas)
    phone = new_page(360, 740, java_script_enabled=False)
    phone.goto(reverse("recommendations:phone_upload", args=[link.token]))

    phone.get_by_label("Atau pilih foto dan PDF").set_input_files([photo("a.jpg", 300), photo("b.jpg", 301)])
    phone.get_by_role("button", name="Kirim").click()

    expect(phone.get_by_text("a.jpg dilampirkan.")).to_be_visible()
    expect(phone.get_by_role("button", name="Gabungkan 2 foto menjadi satu PDF")).to_be_visible()


def test_the_examiner_looks_at_the_files_and_comes_back(worker, office, petugas, page_of):
    recorded = recorded_submission(petugas)
    desk = page_of(petugas)
    desk.goto(reverse("recommendations:examine", args=[recorded.pk]))

    desk.get_by_role("link", name="Lampiran 2").click()
    expect(desk.get_by_alt_text(re.compile("Surat pengantar.*halaman 1 dari 1"))).to_be_visible()
    desk.get_by_role("link", name="instrumen.pdf").click()
    expect(desk.get_by_role("heading", name="instrumen.pdf")).to_be_visible()
    desk.keyboard.press("Escape")

    expect(desk).to_have_url(re.compile(reverse("recommendations:examine", args=[recorded.pk])))
