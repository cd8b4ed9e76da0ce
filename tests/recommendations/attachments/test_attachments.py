from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import uploads
from recommendations.attachments import forms
from recommendations.attachments.actions.attaching import FileTakenBack, attach, detach
from recommendations.attachments.views.attachments import files_panel
from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import Attachment
from recommendations.uploads import apart
from recommendations.uploads.refusal import TooComplex
from tests.factories import paper, recorded_submission
from tests.pages import page


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


def test_a_file_that_is_too_big_is_refused(client_p, submission):
    big = SimpleUploadedFile("surat.pdf", b"%PDF-" + bytes(uploads.MAX_BYTES))

    page = upload(client_p, submission, big).content.decode()

    assert "Kecilkan lalu pilih lagi." in page
    assert not submission.attachments.exists()


def test_of_several_files_the_good_ones_are_attached_and_the_bad_one_is_named(client_p, submission):
    files = [paper("KUESIONER.pdf"), SimpleUploadedFile("nota.pdf", b"MZ"), paper("jadwal.pdf", "Jadwal")]

    page = upload(client_p, submission, files, kind="").content.decode()

    assert list(submission.attachments.values_list("name", "kind")) == [
        ("KUESIONER.pdf", "instrumen"),
        ("jadwal.pdf", "jadwal"),
    ]
    assert "nota.pdf: Isi berkas ini bukan PDF" in page


def test_more_than_twenty_files_at_once_are_refused_before_any_is_checked(client_p, submission, monkeypatch):
    monkeypatch.setattr(apart, "_run", None)

    page = upload(client_p, submission, [paper(f"{number}.pdf") for number in range(21)]).content.decode()

    assert "Paling banyak 20 berkas sekali kirim." in page
    assert not submission.attachments.exists()


def test_after_two_files_that_are_too_complex_no_further_file_is_checked(client_p, submission, monkeypatch):
    checked = []

    def content_type_of(file, *, size):
        checked.append(file.name)
        if file.name.startswith("rumit"):
            raise TooComplex
        return uploads.PDF

    monkeypatch.setattr(forms, "content_type_of", content_type_of)
    names = ["baik.pdf", "rumit 1.pdf", "rumit 2.pdf", "sisa.pdf"]

    page = upload(client_p, submission, [paper(name) for name in names]).content.decode()

    assert checked == names[:3]
    assert "rumit 2.pdf: Berkas ini terlalu rumit" in page
    assert "sisa.pdf: belum diperiksa." in page
    assert submission.attachments.get().name == "baik.pdf"


def test_a_file_with_an_unknown_name_becomes_another_file_described_by_that_name(client_p, submission):
    upload(client_p, submission, paper("Nota dinas.pdf"), kind="")

    attachment = submission.attachments.get()
    assert attachment.label == "Berkas lain: Nota dinas"


def test_another_file_is_described_as_typed(client_p, submission):
    client_p.post(page_of(submission), {"kind": "lain", "description": "Surat tugas", "file": paper()})

    assert submission.attachments.get().label == "Berkas lain: Surat tugas"


def test_a_hostile_name_is_kept_harmless(client_p, submission):
    upload(client_p, submission, SimpleUploadedFile("../../surat\u202efdp.exe", paper().read()))

    assert submission.attachments.get().name == "suratfdp.exe.pdf"


def test_a_very_long_name_is_shortened(client_p, submission):
    upload(client_p, submission, paper("s" * 300 + ".pdf"))

    name = submission.attachments.get().name
    assert len(name) == 200
    assert name.endswith("s.pdf")


def test_the_script_gets_the_answer_in_plain_words(client_p, submission):
    def send(file):
        return client_p.post(page_of(submission), {"kind": "", "file": file}, headers={"HX-Request": "true"})

    taken, twice, bad = send(paper("jadwal.pdf")), send(paper("jadwal.pdf")), send(SimpleUploadedFile("x.pdf", b"MZ"))

    assert (taken.status_code, taken.content.decode()) == (200, "jadwal.pdf dilampirkan.")
    assert (twice.status_code, twice.content.decode()) == (422, "jadwal.pdf sudah dilampirkan.")
    assert bad.status_code == 422
    assert bad.content.decode().startswith("Isi berkas ini bukan PDF")
    assert taken["X-Attached"] == "1"


def test_the_script_gets_a_message_when_recording_has_ended(client_p, petugas):
    recorded = recorded_submission(petugas)

    answer = client_p.post(page_of(recorded), {"kind": "", "file": paper("x.pdf")}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "berstatus Pemeriksaan" in answer.content.decode()


def test_the_list_of_files_is_fetched_alone_and_sent_only_when_changed(client_p, submission):
    place = reverse("recommendations:attachment_files", args=[submission.pk])
    state = files_panel(submission)["state"]

    same = client_p.get(place, {"state": state})
    upload(client_p, submission, paper("Surat Pengantar.pdf"))
    changed = client_p.get(place, {"state": state})

    assert same.status_code == 204
    assert "Surat Pengantar.pdf" in changed.content.decode()
    assert 'id="missing"' in changed.content.decode()


def test_fetching_the_files_of_a_recorded_form_redirects_to_its_page(client_p, petugas):
    recorded = recorded_submission(petugas)

    answer = client_p.get(reverse("recommendations:attachment_files", args=[recorded.pk]))

    assert answer["HX-Redirect"] == reverse("recommendations:submission_detail", args=[recorded.pk])


def test_the_page_asks_no_more_questions_for_more_files(client_p, submission):
    def count(client):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(submission)).status_code == 200
        return len(queries)

    upload(client_p, submission, paper("a.pdf", "a"))
    before = count(client_p)
    upload(client_p, submission, [paper(f"{n}.pdf", str(n)) for n in range(6)])

    assert count(client_p) == before


def test_attaching_the_same_file_twice_is_refused(client_p, submission):
    upload(client_p, submission, paper())

    page = upload(client_p, submission, paper()).content.decode()

    assert "surat-pengantar.pdf sudah dilampirkan." in page
    assert submission.attachments.count() == 1


def test_a_kind_that_the_form_does_not_have_is_refused(client_p, submission):
    page = upload(client_p, submission, paper(), kind="ktp").content.decode()

    assert "ktp bukan salah satu dari pilihan" in page
    assert not submission.attachments.exists()


def test_the_details_of_the_surat_pengantar_are_saved(client_p, submission):
    facts = {"cover_number": "400/1/CONTOH", "cover_date": "16 November 2026", "cover_signatory": "Kepala Dinas Contoh"}

    client_p.post(page_of(submission), facts)

    submission.refresh_from_db()
    assert (submission.cover_number, submission.cover_date) == ("400/1/CONTOH", date(2026, 11, 16))


def test_an_impossible_date_of_the_surat_pengantar_stays_on_the_page(client_p, submission):
    facts = {"cover_number": "400/1/CONTOH", "cover_date": "31/02/2026", "cover_signatory": "Kepala"}

    page = client_p.post(page_of(submission), facts).content.decode()

    assert "Tanggal 31/02/2026 tidak ada." in page
    assert 'value="31/02/2026"' in page


def test_nothing_is_attached_to_a_frozen_form(client_p, petugas):
    submission = recorded_submission(petugas)

    answer = upload(client_p, submission, paper("lain.pdf", "lain"))

    assert answer.redirect_chain == [(reverse("recommendations:submission_detail", args=[submission.pk]), 302)]
    assert "Hitungan hari demi hari" in answer.content.decode()
    assert not submission.attachments.filter(name="lain.pdf").exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_attached_by_mistake_can_be_removed(client_p, submission):
    upload(client_p, submission, paper("salah.pdf"))
    attachment = submission.attachments.get()

    page = client_p.post(reverse("recommendations:attachment_remove", args=[attachment.pk]), follow=True)

    assert "salah.pdf dilepas." in page.content.decode()
    assert not submission.attachments.exists()
    assert not attachment.file.storage.exists(attachment.file.name)
    assert submission.events.filter(move="detach", note__contains="salah.pdf").exists()


def test_a_file_of_a_recorded_round_cannot_be_removed(client_p, petugas):
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="judul_survei", kind="correction", text="Mohon dilengkapi.", by=petugas)
    return_to_applicant(submission, by=petugas)
    attachment = submission.attachments.first()

    page = client_p.post(reverse("recommendations:attachment_remove", args=[attachment.pk]), follow=True)

    assert "termasuk putaran yang sudah terekam lengkap" in page.content.decode()
    assert submission.attachments.filter(pk=attachment.pk).exists()


def rekind(client, attachment, script=False, **facts):
    place = reverse("recommendations:attachment_rekind", args=[attachment.pk])
    return client.post(place, facts, headers={"HX-Request": "true"} if script else {})


def test_a_corrected_kind_is_on_the_timeline(client_p, submission):
    upload(client_p, submission, paper("jadwal.pdf"))
    attachment = submission.attachments.get()

    answer = rekind(client_p, attachment, kind="jadwal")

    attachment.refresh_from_db()
    assert answer.url == page_of(submission)
    assert attachment.kind == "jadwal"
    assert "menjadi Jadwal pelaksanaan" in submission.events.get(move="rekind").note


def test_correcting_a_kind_makes_the_script_reload_the_files(client_p, submission):
    upload(client_p, submission, paper("x.pdf"))

    answer = rekind(client_p, submission.attachments.get(), script=True, kind="lain", description="Surat tugas")

    assert answer.status_code == 204
    assert "files-changed" in answer["HX-Trigger"]
    assert submission.attachments.get().label == "Berkas lain: Surat tugas"


def test_a_kind_that_the_form_does_not_have_is_not_chosen(client_p, submission):
    upload(client_p, submission, paper("x.pdf"))

    rekind(client_p, submission.attachments.get(), kind="ktp")

    assert submission.attachments.get().kind == "surat_pengantar"


def test_the_same_file_cannot_become_the_same_kind_twice(client_p, submission):
    upload(client_p, submission, paper("x.pdf"))
    upload(client_p, submission, paper("x.pdf"), kind="jadwal")

    answer = rekind(client_p, submission.attachments.get(kind="jadwal"), script=True, kind="surat_pengantar")

    assert answer.status_code == 409
    assert "sudah" in answer.content.decode()
    assert submission.attachments.filter(kind="jadwal").exists()


def test_the_kind_of_a_file_of_a_recorded_round_cannot_be_changed(client_p, petugas):
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="judul_survei", kind="correction", text="Mohon dilengkapi.", by=petugas)
    return_to_applicant(submission, by=petugas)
    attachment = submission.attachments.get(kind="instrumen")

    rekind(client_p, attachment, kind="kak")

    attachment.refresh_from_db()
    assert attachment.kind == "instrumen"
    rekind_id = f'id="kind-{attachment.pk}"'
    assert rekind_id not in page(client_p, page_of(submission), attachment.name)
    upload(client_p, submission, paper("baru.pdf", "baru"))
    new = submission.attachments.get(name="baru.pdf")
    assert f'id="kind-{new.pk}"' in page(client_p, page_of(submission), "baru.pdf")


def test_removing_an_already_removed_file_is_refused(submission, petugas):
    attachment = attach(submission, kind="kak", file=paper("x.pdf"), content_type=uploads.PDF, by=petugas)
    detach(Attachment.objects.get(pk=attachment.pk), by=petugas)

    with pytest.raises(FileTakenBack, match="sudah dilepas di tempat lain"):
        detach(attachment, by=petugas)


def test_a_file_attached_without_an_officer_is_the_applicants(submission):
    attachment = attach(submission, kind="kak", file=paper("x.pdf"), content_type=uploads.PDF, by=None)

    assert attachment.who == "pemohon"
