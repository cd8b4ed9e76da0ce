"""One submission through the whole service, each person on their own screen, with a real worker and a real mail."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from recommendations.instruments import instrument
from recommendations.models import Letter, Submission
from tests.journeys import people

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_application_walks_through_all_ten_steps(
    worker, mailbox, petugas, kepala, page_of, new_page, picture, sounds, fs3_answers, tmp_path
):
    fs3 = instrument("FS3")
    kiosk, board, phone = new_page(1080, 1920), new_page(1920, 1080), new_page(390, 844)
    desk, head = page_of(petugas), page_of(kepala, 390, 844)

    # 1-2 the visitor draws a number
    board.goto("/papan/")
    kiosk.goto("/kios/")
    picture(kiosk, "kiosk")
    ticket = people.draw_number(kiosk)
    picture(kiosk, "kiosk-ticket")
    # 3 the officer calls, the board shows it
    people.call_and_serve(desk)
    picture(desk, "console")
    expect(board.locator(".hero .number")).to_have_text(ticket)
    picture(board, "board")
    board.close()  # it would ask and draw until the last step
    kiosk.close()
    # 4-5 account, form, papers
    people.open_submission(desk)
    people.type_form(desk, fs3, fs3_answers)
    people.attach_papers(desk, fs3)
    submission = Submission.objects.get()
    desk.goto(f"/permohonan/{submission.pk}/rekam/blok_5/")
    picture(desk, "record")
    people.declare_complete(desk)
    picture(desk, "receipt")
    # 6 returned with a remark, corrected, recorded again, verified with advice
    desk.goto(f"/permohonan/{submission.pk}/periksa/")
    people.write_remark(desk, "Tujuan Survei", "Perbaikan", "Mohon indikator yang dihasilkan disebut.")
    picture(desk, "examine")
    desk.get_by_role("link", name=re.compile("Kembalikan")).click()
    desk.get_by_role("dialog").get_by_role("button", name=re.compile("Kembalikan")).click()
    expect(desk.get_by_text("Perbaikan").first).to_be_visible()
    desk.goto(f"/permohonan/{submission.pk}/rekam/blok_4/")
    expect(desk.get_by_text("Mohon indikator yang dihasilkan disebut.")).to_be_visible()
    people.type_answer(
        desk, fs3.item("tujuan_survei"), "Mengukur kepuasan dan menghasilkan Indeks Kepuasan Masyarakat."
    )
    expect(desk.get_by_text(re.compile(r"Tersimpan \d\d\.\d\d\.\d\d")).first).to_be_visible()
    people.mail_about(mailbox, "Catatan perbaikan")
    people.declare_complete(desk)
    desk.goto(f"/permohonan/{submission.pk}/periksa/")
    people.write_remark(desk, "Tujuan Survei", "Konfirmasi/saran", "Mohon hasilnya disampaikan kepada BPS.")
    desk.get_by_role("link", name=re.compile("Verifikasi")).click()
    desk.get_by_role("dialog").get_by_role("button", name=re.compile("Verifikasi")).click()
    expect(desk.get_by_text("Menunggu Kepala").first).to_be_visible()
    # 7 the Kepala reads the draft and issues it
    head.goto("/")
    expect(head.get_by_role("heading", name="1 surat menunggu Anda")).to_be_visible()
    picture(head, "kepala")
    head.get_by_role("link", name=re.compile("Survei Kepuasan Masyarakat")).first.click()
    expect(head.locator("img.letter")).to_have_js_property("naturalWidth", 1000)
    picture(head, "kepala-letter", full_page=True)
    head.get_by_role("link", name="Terbitkan surat").click()
    head.get_by_role("dialog").get_by_role("button", name="Terbitkan surat").click()
    expect(head.get_by_text(re.compile("Surat B-001/63710/HM.310/20.. terbit"))).to_be_visible()
    # the signed paper is scanned and compared with the letter
    desk.goto(f"/permohonan/{submission.pk}/")
    people.scan_letter(desk, people.scan_of(submission.letters.get()))
    picture(desk, "scan", full_page=True)
    people.accept_scan(desk)
    # 8 the worker mails the signed letter
    message = people.mail_about(mailbox, "Surat Rekomendasi")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(next(message.iter_attachments()).get_content())
    words = " ".join(page.extract_text() for page in PdfReader(Letter.objects.get().pdf.path).pages)
    assert letter.read_bytes() == Path(Letter.objects.get().copies.get().file.path).read_bytes()
    assert message["To"] == "fajar@contoh.example"
    assert "Mohon hasilnya disampaikan kepada BPS." in words
    # 9 the service ends and the visitor rates it
    desk.goto("/loket/1/")
    desk.keyboard.press("s")
    expect(desk.get_by_role("status").filter(has_text="selesai")).to_be_visible()
    phone.goto(f"/nilai/{submission.visit.token}/")
    picture(phone, "rating")
    people.rate_service(phone)
    # 10 the submission is closed, the timeline shows every step
    desk.goto(f"/permohonan/{submission.pk}/")
    desk.get_by_role("link", name="Selesaikan permohonan").click()
    desk.get_by_role("dialog").get_by_role("button", name=re.compile("Selesai")).click()
    expect(desk.get_by_text("Permohonan selesai").first).to_be_visible()
    for words in (
        "Ambil nomor",
        "Terekam lengkap",
        "Dikembalikan kepada pemohon",
        "Hasil diberitahukan",
        "Diverifikasi",
        "Surat ditandatangani",
        "Surat disampaikan kepada pemohon",
    ):
        expect(desk.locator(".timeline").get_by_text(words).first).to_be_visible()
    picture(desk, "submission", full_page=True)
    submission.refresh_from_db()
    assert submission.status == "closed"
    assert submission.rounds.count() == 2
