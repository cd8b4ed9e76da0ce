"""The applicant answers remarks and sends files; the officer sees it. Bad input of every kind, and two telephones."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.models import Mail
from recommendations.models import Remark
from recommendations.recording.actions.completing import record_complete
from recommendations.tracking import actions
from recommendations.tracking.actions import (
    NothingToSend,
    Typed,
    answer_mark,
    attach_answer,
    save_replies,
    send_answers,
)
from recommendations.workflow import Move, MoveNotAllowed
from tests.factories import paper, returned_submission
from tests.pages import page

pytestmark = pytest.mark.django_db


def answers(typed: dict[Remark, str], shown: str = "") -> dict[int, Typed]:
    """Return the answers as a page sends them that had shown the answer `shown`."""
    return {remark.pk: Typed(text, answer_mark(shown)) for remark, text in typed.items()}


def url(name: str, submission) -> str:
    return reverse(f"recommendations:{name}", args=[submission.token])


def fields(typed: dict[Remark, str], shown: str = "") -> dict[str, str]:
    posted = {}
    for remark, text in typed.items():
        posted |= {f"answer-{remark.pk}": text, f"shown-{remark.pk}": answer_mark(shown)}
    return posted


def stored(remark: Remark) -> str:
    return Remark.objects.get(pk=remark.pk).answer


def test_answers_are_kept_as_typed_and_counted(returned, phone, correction, advice):
    answer = phone.post(
        url("track_answer", returned),
        fields({correction: "Indikator: indeks kepuasan.", advice: ""}),
        headers={"HX-Request": "true"},
    )

    shown = answer.content.decode()
    assert "1 dari 2 dijawab, tersimpan pukul" in shown
    assert f'value="{answer_mark("Indikator: indeks kepuasan.")}"' in shown
    assert stored(correction) == "Indikator: indeks kepuasan."
    assert Remark.objects.get(pk=correction.pk).state == "open"
    assert not returned.events.filter(move=Move.ANSWER).exists()


def test_without_script_the_button_saves_and_comes_back(returned, phone, correction):
    page = phone.post(url("track_answer", returned), fields({correction: "Sudah."}), follow=True).content.decode()

    assert "Jawaban Anda tersimpan." in page
    assert ">Sudah.</textarea>" in page


def test_sending_notifies_the_officer_by_mail_in_the_list_and_on_the_page(
    returned, phone, correction, client_of, petugas, slip
):
    page = phone.post(url("track_send", returned), fields({correction: "Sudah diperbaiki."}), follow=True)

    desk = client_of(petugas)
    mail = Mail.objects.get(key__startswith=f"answer:{slip.round_id}:")
    event = returned.events.get(move=Move.ANSWER)
    remark = Remark.objects.get(pk=correction.pk)
    assert "Perbaikan terkirim" in page.content.decode()
    assert (remark.state, remark.answered_at is not None) == ("answered", True)
    assert returned.rounds.get(number=1).answered_at
    assert "1 dari 2 catatan dijawab, 0 berkas" in event.note
    assert mail.to == petugas.email
    assert returned.register in mail.subject
    for place in (
        reverse("recommendations:submission_list"),
        reverse("recommendations:submission_detail", args=[returned.pk]),
    ):
        assert "Jawaban masuk" in desk.get(place).content.decode()
    detail = desk.get(reverse("recommendations:submission_detail", args=[returned.pk])).content.decode()
    assert "Sudah diperbaiki." in detail
    assert "· pemohon" in detail
    recording = desk.get(reverse("recommendations:record_block", args=[returned.pk, "blok_4"])).content.decode()
    assert "Jawaban pemohon:" in recording
    assert "Sudah diperbaiki." in recording


def test_answers_that_are_not_sent_yet_are_hidden_from_the_officer(returned, correction, client_of, petugas):
    save_replies(returned, answers({correction: "Belum selesai saya tulis."}))

    place = reverse("recommendations:record_block", args=[returned.pk, "blok_4"])
    before = page(client_of(petugas), place, correction.text)
    send_answers(returned, {})
    after = page(client_of(petugas), place, correction.text)

    assert "Belum selesai saya tulis." not in before
    assert "Belum selesai saya tulis." in after


def test_only_new_answers_make_an_event_and_only_one_mail_is_sent_a_day(returned, correction, advice):
    send_answers(returned, answers({correction: "Satu."}))
    send_answers(returned, answers({correction: "Satu."}))
    once = returned.events.filter(move=Move.ANSWER).count()

    send_answers(returned, answers({advice: "Dua."}))

    assert once == 1
    assert returned.events.filter(move=Move.ANSWER).count() == 2
    assert Mail.objects.filter(key__startswith="answer:").count() == 1  # one a day


def test_sending_without_any_answer_is_refused(returned, phone, correction):
    with pytest.raises(NothingToSend):
        send_answers(returned, answers({correction: "  \n "}))

    page = phone.post(url("track_send", returned), fields({correction: ""}), follow=True).content.decode()
    assert "Jawab sedikitnya satu catatan" in page


def test_a_file_alone_can_be_sent(returned, phone):
    attach_answer(returned, kind="instrumen", file=paper("kuesioner.pdf", "baru"), content_type="application/pdf")

    send_answers(returned, {})

    assert "1 berkas" in returned.events.get(move=Move.ANSWER).note


def test_an_answer_taken_back_is_open_again(returned, correction):
    send_answers(returned, answers({correction: "Satu."}))

    save_replies(returned, answers({correction: ""}, shown="Satu."))

    remark = Remark.objects.get(pk=correction.pk)
    assert (remark.answer, remark.answered_at, remark.state) == ("", None, "open")


def test_of_two_telephones_the_second_is_asked_and_nothing_is_lost(returned, phone, correction):
    save_replies(returned, answers({correction: "Dari ponsel pertama."}))

    second = phone.post(url("track_send", returned), fields({correction: "Dari ponsel kedua."}))

    page = second.content.decode()
    assert second.status_code == 409
    assert stored(correction) == "Dari ponsel pertama."
    assert "Dari ponsel pertama." in page
    assert ">Dari ponsel kedua.</textarea>" in page
    assert not returned.events.filter(move=Move.ANSWER).exists()
    chosen = fields({correction: "Dari ponsel kedua."}) | {f"mine-{correction.pk}": answer_mark("Dari ponsel pertama.")}
    phone.post(url("track_answer", returned), chosen)
    assert stored(correction) == "Dari ponsel kedua."


def test_the_same_answer_from_two_telephones_is_no_conflict(returned, correction):
    save_replies(returned, answers({correction: "Sama."}))

    assert save_replies(returned, answers({correction: "Sama."})) == {}


def test_one_refused_answer_does_not_stop_the_others(returned, correction, advice):
    refused = save_replies(returned, answers({correction: "x" * 10_000, advice: "Benar."}))

    assert list(refused) == [correction.pk]
    assert "paling banyak 2.000 huruf, kini 10000" in refused[correction.pk].words
    assert (stored(correction), stored(advice)) == ("", "Benar.")


def test_ten_thousand_signs_come_back_whole_to_be_shortened(returned, phone, correction):
    answer = phone.post(url("track_answer", returned), fields({correction: "x" * 10_000}))

    assert answer.status_code == 409
    assert f">{'x' * 10_000}</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["</textarea><script>alert(1)</script>", "nul\0byte", "\ud800 setengah", "a\u202eb", "😀" * 50]
)
def test_hostile_signs_are_words_and_never_markup(returned, phone, correction, client_of, petugas, text):
    typed = text.encode("utf-8", "replace").decode()
    phone.post(url("track_send", returned), fields({correction: typed}))

    for answer in (
        phone.get(url("track", returned)),
        client_of(petugas).get(reverse("recommendations:record_block", args=[returned.pk, "blok_4"])),
        client_of(petugas).get(reverse("recommendations:submission_detail", args=[returned.pk])),
    ):
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize("name", ["answer-999999", "answer-x", "answer-", "answer-1e3", "answer-" + "9" * 40])
def test_unknown_remarks_are_ignored(returned, phone, name):
    assert phone.post(url("track_answer", returned), {name: "x"}).status_code == 302
    assert not Remark.objects.exclude(answer="").exists()


def test_a_remark_of_another_submission_is_not_answered_here(returned, petugas, phone):
    other = returned_submission(petugas)
    remark = other.rounds.first().remarks.first()

    phone.post(url("track_answer", returned), fields({remark: "Bukan milik saya."}))

    assert stored(remark) == ""
    phone.post(url("track_answer", other), fields({remark: "Milik saya."}))
    assert stored(remark) == "Milik saya."


def test_a_form_recorded_complete_takes_no_answers_or_files(returned, petugas, phone, correction):
    record_complete(returned, by=petugas)

    page = phone.post(url("track_send", returned), fields({correction: "Terlambat."}), follow=True).content.decode()
    late = phone.post(url("track_answer", returned), fields({correction: "x"}), headers={"HX-Request": "true"})
    file = phone.post(url("track_files", returned), {"kind": "instrumen", "file": paper()}, follow=True)

    assert "tidak lagi diterima" in page
    assert late.status_code == 409
    assert "tidak dapat dilakukan sekarang" in file.content.decode()
    for act in (lambda: save_replies(returned, {}), lambda: send_answers(returned, {})):
        with pytest.raises(MoveNotAllowed):
            act()
    with pytest.raises(MoveNotAllowed):
        attach_answer(returned, kind="instrumen", file=paper(), content_type="application/pdf")


def test_a_file_comes_from_the_applicant_and_says_so(returned, phone):
    answer = phone.post(
        url("track_files", returned), {"kind": "instrumen", "file": paper("kuesioner.pdf", "baru")}, follow=True
    )

    file = returned.attachments.get(name="kuesioner.pdf")
    assert (file.uploaded_by, file.who) == (None, "pemohon")
    assert "kuesioner.pdf dilampirkan." in answer.content.decode()
    assert "Masih dapat dikirim: 19 berkas" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\x00 program", "tagihan.pdf"), (b"", "kosong.pdf"), (b"<html><script>1</script>", "laman.png")],
)
def test_an_unsuitable_file_is_refused_with_a_message(returned, phone, content, name):
    before = returned.attachments.count()

    answer = phone.post(
        url("track_files", returned),
        {"kind": "instrumen", "file": SimpleUploadedFile(name, content)},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 422
    assert answer["X-Attached"] == "0"
    assert returned.attachments.count() == before


def test_the_number_of_files_is_limited(returned, phone, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FILES", 2)

    pages = [
        phone.post(
            url("track_files", returned), {"kind": "lain", "file": paper(f"{name}.pdf", name)}, follow=True
        ).content.decode()
        for name in ("satu", "dua", "tiga")
    ]

    assert "dua.pdf dilampirkan" in pages[1]
    assert "paling banyak 2 berkas" in pages[2]
    assert returned.attachments.filter(uploaded_by=None).count() == 2


def test_the_total_size_of_the_files_is_limited(returned, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BYTES", 10)

    with pytest.raises(actions.TooManyFiles):
        attach_answer(returned, kind="lain", file=paper(), content_type="application/pdf")
