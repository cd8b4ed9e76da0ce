from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations import uploads
from recommendations.actions.examination import return_to_applicant, write_remark
from tests.factories import SubmissionFactory, paper, recorded_submission


@pytest.fixture
def submission(office):
    return SubmissionFactory()


@pytest.fixture
def client_p(petugas, client_of):
    return client_of(petugas)


def page_of(submission):
    return reverse("recommendations:attachments", args=[submission.pk])


def upload(client, submission, file, kind="surat_pengantar"):
    return client.post(page_of(submission), {"kind": kind, "file": file}, follow=True)


def test_a_file_is_kept_under_a_random_name_and_shown_under_its_own(client_p, submission):
    page = upload(client_p, submission, paper("Surat Pengantar.pdf")).content.decode()

    attachment = submission.attachments.get()
    assert (attachment.name, attachment.content_type) == ("Surat Pengantar.pdf", uploads.PDF)
    assert "Pengantar" not in attachment.file.name
    assert "Surat Pengantar.pdf dilampirkan." in page


def test_a_program_renamed_to_pdf_is_refused(client_p, submission):
    page = upload(client_p, submission, SimpleUploadedFile("surat.pdf", b"MZ\x90\x00 program")).content.decode()

    assert "Isi berkas ini bukan PDF" in page
    assert not submission.attachments.exists()


def test_an_empty_file_is_refused(client_p, submission):
    page = upload(client_p, submission, SimpleUploadedFile("surat.pdf", b"")).content.decode()

    assert "Berkas ini kosong." in page
    assert not submission.attachments.exists()


def test_a_file_that_is_too_big_is_refused(client_p, submission, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100)

    page = upload(client_p, submission, paper()).content.decode()

    assert "Kecilkan lalu pilih lagi." in page
    assert not submission.attachments.exists()


def test_the_same_file_twice_is_told(client_p, submission):
    upload(client_p, submission, paper())

    page = upload(client_p, submission, paper()).content.decode()

    assert "surat-pengantar.pdf sudah dilampirkan." in page
    assert submission.attachments.count() == 1


def test_a_kind_that_the_form_does_not_have_is_refused(client_p, submission):
    upload(client_p, submission, paper(), kind="ktp")

    assert not submission.attachments.exists()


def test_the_surat_pengantar_is_noted(client_p, submission):
    facts = {"cover_number": "400/1/CONTOH", "cover_date": "16 November 2026", "cover_signatory": "Kepala Dinas Contoh"}

    client_p.post(page_of(submission), facts)

    submission.refresh_from_db()
    assert (submission.cover_number, submission.cover_date) == ("400/1/CONTOH", date(2026, 11, 16))


def test_an_impossible_date_of_the_surat_pengantar_stays_on_the_page(client_p, submission):
    facts = {"cover_number": "400/1/CONTOH", "cover_date": "31/02/2026", "cover_signatory": "Kepala"}

    page = client_p.post(page_of(submission), facts).content.decode()

    assert "Tanggal 31/02/2026 tidak ada." in page
    assert 'value="31/02/2026"' in page


def test_a_file_leaves_as_a_download_under_its_own_name(client_p, submission):
    upload(client_p, submission, paper("Surat Pengantar.pdf"))

    answer = client_p.get(reverse("recommendations:attachment_download", args=[submission.attachments.get().pk]))

    assert answer["Content-Disposition"] == 'attachment; filename="Surat Pengantar.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_a_file_that_is_gone_is_not_found(client_p, submission):
    upload(client_p, submission, paper())
    attachment = submission.attachments.get()
    attachment.file.storage.delete(attachment.file.name)

    assert client_p.get(reverse("recommendations:attachment_download", args=[attachment.pk])).status_code == 404


def test_only_who_may_see_submissions_may_download(client, client_of, petugas, kepala, admin_user):
    attachment = recorded_submission(petugas).attachments.first()
    place = reverse("recommendations:attachment_download", args=[attachment.pk])

    allowed = client_of(kepala).get(place)

    assert b"".join(allowed.streaming_content)
    assert client_of(admin_user).get(place).status_code == 403
    assert client.get(place)["Location"].startswith(reverse("login"))


def test_nothing_is_attached_to_a_frozen_form(client_p, petugas):
    submission = recorded_submission(petugas)

    upload(client_p, submission, paper("lain.pdf", "lain"))

    assert not submission.attachments.filter(name="lain.pdf").exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_attached_by_mistake_can_be_taken_back(client_p, submission):
    upload(client_p, submission, paper("salah.pdf"))
    attachment = submission.attachments.get()

    page = client_p.post(reverse("recommendations:attachment_remove", args=[attachment.pk]), follow=True)

    assert "salah.pdf dilepas." in page.content.decode()
    assert not submission.attachments.exists()
    assert not attachment.file.storage.exists(attachment.file.name)
    assert submission.events.filter(move="detach", note__contains="salah.pdf").exists()


def test_a_file_of_a_recorded_round_stays(client_p, petugas):
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="judul_survei", kind="correction", text="Mohon dilengkapi.", by=petugas)
    return_to_applicant(submission, by=petugas)
    attachment = submission.attachments.first()

    page = client_p.post(reverse("recommendations:attachment_remove", args=[attachment.pk]), follow=True)

    assert "termasuk putaran yang sudah terekam lengkap" in page.content.decode()
    assert submission.attachments.filter(pk=attachment.pk).exists()
