"""A message of the reporter: with files or of files alone, whole or not at all, and once for each form."""

import uuid

import pytest
from django.core.files.storage import default_storage

from complaints.actions import talking
from complaints.actions.handling import answer, close_complaint
from complaints.actions.talking import TooManyComplaintFiles, give_file, reply
from complaints.models import Complaint
from complaints.reporter import Reporter
from complaints.workflow import Move
from office.models import Mail
from recommendations.attachments.actions.storing import kept
from recommendations.uploads import PDF
from tests.complaints.test_public_pages import opened, typed
from tests.factories import assigned_complaint, new_complaint, paper
from tests.pages import page

WRITE = "/pengaduan/percakapan/tulis/"


@pytest.fixture
def answered(petugas, kepala) -> Complaint:
    reporter = Reporter(name="Budi Contoh")
    return answer(assigned_complaint(petugas, by=kepala, reporter=reporter), text="Mohon maaf.", by=petugas)


def replied_mails(user) -> int:
    return Mail.objects.filter(to=user.email, key__contains=":replied:").count()


def test_a_file_alone_waits_for_an_answer_as_a_message_does(client_of, answered, petugas):
    reply(answered, papers=[(paper("bukti.pdf"), PDF)])

    answered.refresh_from_db()
    assert answered.awaits_answer
    assert replied_mails(petugas) == 1
    shown = page(client_of(petugas), "/aduan/", answered.short_code)
    assert "Menunggu tanggapan" in shown
    assert [event.note for event in answered.events.filter(move=Move.REPLY)] == ["berkas bukti.pdf"]


def test_a_file_that_is_there_already_asks_for_no_second_answer(answered, petugas):
    reply(answered, papers=[(paper("bukti.pdf"), PDF)])
    answer(answered, text="Kami baca.", by=petugas)

    again = reply(answered, papers=[(paper("bukti.pdf"), PDF)])

    assert not again.awaits_answer
    assert answered.files.count() == answered.events.filter(move=Move.REPLY).count() == 1


def test_the_files_of_the_first_filing_are_no_message(client, petugas, kepala):
    client.post("/pengaduan/", typed(papers=[paper("foto.pdf")]))

    complaint = Complaint.objects.get()
    told = [(event.words, event.note, event.who) for event in complaint.events.all()]
    assert told == [
        ("Pengaduan diterima", "Halaman pengaduan", "pelapor"),
        ("Pengaduan diterima", "berkas berkas-1.pdf", "pelapor"),
    ]
    assert replied_mails(kepala) == 0


def test_a_file_of_the_first_filing_leaves_an_answer_as_it_is(answered):
    give_file(answered, file=paper("foto.pdf"), content_type=PDF)

    answered.refresh_from_db()
    assert (answered.files.count(), answered.awaits_answer) == (1, False)


def test_a_message_whose_second_file_is_refused_is_not_saved(answered, monkeypatch):
    monkeypatch.setattr(talking, "MOST_FILES", 1)
    stored = []
    monkeypatch.setattr(talking, "kept", lambda file, path: stored.append(path) or kept(file, path))

    with pytest.raises(TooManyComplaintFiles):
        reply(answered, text="Ini buktinya.", papers=[(paper(words=words), PDF) for words in ("Satu", "Dua")])

    assert (answered.messages.filter(by=None).count(), answered.files.count()) == (0, 0)
    assert stored
    assert not any(default_storage.exists(path) for path in stored)


def test_the_page_keeps_the_text_of_a_message_that_was_refused(petugas, answered, monkeypatch):
    monkeypatch.setattr(talking, "MOST_FILES", 0)

    refused = opened(answered).post(WRITE, typed(text="Ini buktinya.", papers=[paper()]))

    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Untuk satu pengaduan paling banyak" in shown
    assert "Tidak ada yang terkirim" in shown
    assert "Ini buktinya." in shown
    assert answered.messages.filter(by=None).count() == 0


def test_a_message_to_a_complaint_that_was_closed_meanwhile_keeps_its_text(petugas, answered):
    browser = opened(answered)
    close_complaint(answered, outcome="done", note="Selesai.", by=petugas)

    shown = browser.post(WRITE, typed(text="Masih panjang.")).content.decode()

    assert "Apakah Anda puas" in shown
    assert "Masih panjang." in shown
    assert answered.messages.filter(by=None).count() == 0


def test_a_form_that_is_sent_twice_is_one_message(answered):
    browser, form = opened(answered), typed(text="Masih panjang.")

    answers = [browser.post(WRITE, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert answered.messages.filter(by=None).count() == 1


def test_a_form_sent_twice_is_one_message_also_when_it_was_closed_between(answered, petugas):
    token = uuid.uuid4()
    reply(answered, text="Masih panjang.", form_token=token)
    close_complaint(answered, outcome="done", note="Selesai.", by=petugas)

    again = reply(answered, text="Masih panjang.", form_token=token)

    assert again.messages.filter(by=None).count() == 1


def test_a_message_without_the_token_of_its_form_is_shown_again(kepala):
    complaint = new_complaint()

    shown = opened(complaint).post(WRITE, {"text": "Masih panjang."})

    assert shown.status_code == 422
    assert "Halaman ini sudah terlalu lama terbuka." in shown.content.decode()
    assert "Masih panjang." in shown.content.decode()
    assert complaint.messages.count() == 0
