"""Steps that people take on the screens, for the journeys."""

import email
import email.policy
import io
import re
from email.message import EmailMessage
from typing import Any

from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from pst_desk.examples import paper_pdf
from recommendations.instruments.structure import Instrument, Item, Kind
from recommendations.instruments.values import as_typed
from recommendations.models import Letter
from tests.conftest import Mailbox
from tests.waiting import wait_until


def mail_about(mailbox: Mailbox, subject: str) -> EmailMessage:
    """Wait for a mail whose subject begins with `subject`, and return it."""
    wait_until(lambda: _mails_about(mailbox, subject))
    return _mails_about(mailbox, subject)[0]


def _mails_about(mailbox: Mailbox, subject: str) -> list[EmailMessage]:
    read = [email.message_from_bytes(raw, policy=email.policy.default) for raw in list(mailbox.messages)]
    return [message for message in read if message["Subject"].startswith(subject)]


def draw_number(kiosk: Page) -> str:
    """Draw a number for Rekomendasi as a visitor from an agency. Return the number."""
    kiosk.goto("/kios/")
    kiosk.get_by_role("link", name="Mulai").click()
    kiosk.get_by_role("link", name="Rekomendasi Kegiatan Statistik").click()
    kiosk.get_by_label("Nama lengkap").fill("Fajar Contoh")
    kiosk.get_by_label("Instansi").fill("Dinas Kependudukan dan Pencatatan Sipil Kota Banjarmasin")
    kiosk.get_by_label("Jabatan").fill("Kepala Bidang Pemanfaatan Data")
    kiosk.get_by_label("Nomor HP").fill("0812 0000 0103")
    kiosk.get_by_label("E-mail").fill("fajar@contoh.example")
    kiosk.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.get_by_text("Pendaftaran berhasil.")).to_be_visible()
    return kiosk.locator("h1.number").inner_text()


def call_and_serve(desk: Page) -> None:
    """Call the next number and begin to serve, with the keyboard only."""
    desk.goto("/loket/1/")
    desk.keyboard.press("n")
    expect(desk.get_by_role("status").filter(has_text="dipanggil ke Loket 1")).to_be_visible()
    desk.keyboard.press("m")
    expect(desk.get_by_role("status").filter(has_text="mulai dilayani")).to_be_visible()


def open_submission(desk: Page) -> None:
    """From the console, register the applicant with a Romantik account, and open the submission."""
    desk.keyboard.press("f")
    expect(desk.get_by_label("Instansi", exact=False).first).to_have_value(re.compile("Dinas Kependudukan"))
    desk.get_by_text("FS3, Survei").click()
    desk.get_by_label("Atau dibantu dibuatkan pada").fill("23/11/2026")
    desk.get_by_role("button", name="Buka permohonan dan rekam").click()
    expect(desk.get_by_role("heading", name="Sampul", exact=True)).to_be_visible()


def type_form(desk: Page, instrument: Instrument, answers: dict[str, Any]) -> None:
    """Type every answer of the paper form into the screen, block by block. Each is saved while it is typed."""
    for block in instrument.blocks:
        for item in block.items:
            if answers.get(item.id):
                type_answer(desk, item, answers[item.id])
        expect(desk.get_by_text(re.compile(r"Tersimpan \d\d\.\d\d\.\d\d")).first).to_be_visible()
        desk.locator(".decide a[data-key='alt+arrowright']").click()
    expect(desk.get_by_role("heading", name="Lampiran", exact=True)).to_be_visible()


def type_answer(desk: Page, item: Item, value: Any) -> None:
    typed = as_typed(item, value)
    if item.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YESNO):
        for code in typed if isinstance(typed, list) else [typed]:
            # with the space bar, because a finding that appears above would move the code away from the mouse
            box = desk.locator(f"input[name='{item.id}'][value='{code}']")
            expect(box).to_be_visible()
            box.press("Space")
            expect(box).to_be_checked()
    elif item.kind is Kind.TABLE:
        type_rows(desk, item, typed)
    elif item.kind is Kind.DATERANGE:
        for end, day in typed.items():
            desk.locator(f"[name='{item.id}-{end}']").fill(day)
    else:
        desk.locator(f"[name='{item.id}']").fill(str(typed))


def type_rows(desk: Page, item: Item, rows: list[dict[str, str]]) -> None:
    """Type the rows of a table; Ctrl+Enter adds each next row."""
    lines = desk.locator(f"#i-{item.id} tbody tr")
    for number, row in enumerate(rows):
        if lines.count() == number:
            desk.keyboard.press("Control+Enter")
        for column, words in row.items():
            if words:
                lines.nth(number).locator(f"[name$='-{column}']").fill(words)


def attach_papers(desk: Page, instrument: Instrument) -> None:
    """Type the details of the surat pengantar, and attach every required file."""
    desk.get_by_label(re.compile(r"^\s*Nomor")).fill("400.12/118/Dukcapil")
    desk.get_by_label(re.compile(r"^\s*Tanggal")).fill("20/11/2026")
    desk.get_by_label(re.compile(r"^\s*Penanda tangan")).fill("Kepala Dinas, Rahmawati Contoh")
    desk.get_by_role("button", name="Simpan surat pengantar").click()
    expect(desk.get_by_role("status").filter(has_text="urat pengantar")).to_be_visible()
    for kind in (kind for kind in instrument.attachments if kind.required):
        file = {"name": f"{kind.id}.pdf", "mimeType": "application/pdf", "buffer": paper_pdf(kind.label)}
        desk.get_by_label(re.compile(r"^\s*Jenis lampiran")).select_option(kind.id)
        desk.locator("input[type=file]").set_input_files(file)
        desk.get_by_role("button", name="Lampirkan").click()
        expect(desk.get_by_role("link", name=f"{kind.id}.pdf", exact=True)).to_be_visible()


def declare_complete(desk: Page) -> None:
    """Declare the form "terekam lengkap". The receipt names the due date."""
    desk.get_by_role("button", name="Nyatakan terekam lengkap").first.click()
    desk.get_by_role("dialog").get_by_role("button", name="Nyatakan terekam lengkap").click()
    expect(desk.get_by_text("hari kerja ke-30").first).to_be_visible()


def write_remark(desk: Page, line: str, kind: str, text: str) -> None:
    """Write a remark on one line of the form."""
    desk.locator("article.item").filter(has_text=line).first.get_by_role("link").first.click()
    editor = desk.locator("form.panel:visible").first
    editor.locator("label.choice").filter(has_text=kind).click()
    editor.locator("textarea").fill(text)
    editor.get_by_role("button", name="Simpan catatan").click()
    expect(editor.get_by_text("Tersimpan")).to_be_visible()


def rate_service(phone: Page) -> None:
    """Touch a face and answer the nine questions, without remark and complaint."""
    phone.get_by_role("button", name="Puas", exact=True).click()
    for number in range(1, 10):
        expect(phone.get_by_text(f"Pertanyaan {number} dari 9")).to_be_visible()
        phone.locator("fieldset:visible label.answer").last.click()
    phone.get_by_label("Tidak ada", exact=True).last.check()
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.get_by_role("heading", name=re.compile("Terima kasih"))).to_be_visible()


def scan_of(letter: Letter) -> bytes:
    """Wait until the letter is drawn, and return a PDF with a picture of each page, as a scanner makes it."""
    wait_until(lambda: Letter.objects.get(pk=letter.pk).is_drawn)
    drawn = Letter.objects.get(pk=letter.pk).pdf.path
    first, *others = (page.render(scale=1).to_pil() for page in PdfDocument(drawn))
    scan = io.BytesIO()
    first.save(scan, "PDF", save_all=True, append_images=others)
    return scan.getvalue()


def scan_letter(desk: Page, scan: bytes) -> None:
    """Upload the scan of the signed paper on the submission's page. The scan is shown beside the letter."""
    file = {"name": "pindaian.pdf", "mimeType": "application/pdf", "buffer": scan}
    desk.get_by_label(re.compile(r"^\s*Pindaian surat")).set_input_files(file)
    desk.get_by_role("button", name="Unggah").click()
    expect(desk.get_by_role("img", name=re.compile("^Pindaian, halaman 1 dari"))).to_be_visible()


def accept_scan(desk: Page) -> None:
    """Say that the scan was compared with the letter, and let it count."""
    desk.get_by_label(re.compile(r"^\s*Nomor, tanggal, dan isi setiap halaman sama")).check()
    desk.get_by_role("button", name="Cocok, surat berlaku").click()
    expect(desk.get_by_text("Unduh surat bertanda tangan")).to_be_visible()
