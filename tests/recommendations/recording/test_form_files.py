import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.instruments import INSTRUMENTS
from recommendations.recording import file_reading
from recommendations.recording.actions.saving import save_answers
from recommendations.workbook.reading import read_workbook
from recommendations.workbook.writing import write_workbook
from tests.factories import SubmissionFactory, UserFactory, ready_submission, recorded_submission
from tests.pages import page

FS3 = INSTRUMENTS["FS3"]


def address(name, *args):
    return reverse(f"recommendations:{name}", args=args)


def upload(client, submission, content, name="isian.xlsx"):
    return client.post(address("form_import", submission.pk), {"file": SimpleUploadedFile(name, content)})


def filled(**answers):
    return write_workbook(FS3, answers, about="Uji")


def answers(submission):
    return submission.rounds.get(recorded_at=None).answers


@pytest.fixture
def submission(office):
    return SubmissionFactory(answers={"uji_coba": 2, "judul_survei": "Judul lama"})


def test_the_template_of_each_form_is_a_workbook_to_fill(client_p):
    for form in INSTRUMENTS.values():
        answer = client_p.get(address("form_template", form.slug))

        assert read_workbook(answer.content).instrument_code == form.code
        assert answer["Content-Disposition"] == f'attachment; filename="Templat {form.code}.xlsx"'
    assert client_p.get(address("form_template", "fs9")).status_code == 404


def test_a_round_is_downloaded_filled_and_no_other_round_is(client_p, petugas):
    submission = recorded_submission(petugas)

    answer = client_p.get(address("form_export", submission.pk, 1))

    stored = submission.rounds.get().answers
    assert read_workbook(answer.content).values == {
        name: stored[name] for name in stored if stored[name] not in (None, [])
    }
    assert client_p.get(address("form_export", submission.pk, 2)).status_code == 404


def test_a_review_saves_nothing_and_ticks_only_what_is_empty(client_p, submission):
    before = answers(submission)

    answer = upload(client_p, submission, filled(uji_coba=1, judul_survei="Judul lama", tujuan_survei="Mengukur"))

    groups = {group["state"]: [one.item.id for one in group["incoming"]] for group in answer.context["groups"]}
    page = answer.content.decode()
    assert groups == {"new": ["tujuan_survei"], "other": ["uji_coba"]}
    assert [one.item.id for one in answer.context["same"]] == ["judul_survei"]
    assert page.count(" checked") == 1
    assert answers(submission) == before


def confirm(client, submission, content, *items):
    return client.post(address("form_import_save", submission.pk), {"content": content, "items": items}, follow=True)


def test_only_the_ticked_items_are_saved(client_p, submission):
    content = upload(client_p, submission, filled(uji_coba=1, tujuan_survei="Mengukur", pj_nama="Budi")).context[
        "content"
    ]

    page = confirm(client_p, submission, content, "tujuan_survei", "uji_coba").content.decode()

    assert (answers(submission)["tujuan_survei"], answers(submission)["uji_coba"]) == ("Mengukur", 1)
    assert "pj_nama" not in answers(submission)
    assert "2 isian tersimpan dari berkas." in page


def test_an_answer_changed_since_the_review_is_not_overwritten(client_p, submission, petugas):
    content = upload(client_p, submission, filled(uji_coba=1, tujuan_survei="Dari berkas")).context["content"]
    save_answers(submission, {"tujuan_survei": "Dari loket lain"}, by=petugas)

    page = confirm(client_p, submission, content, "tujuan_survei", "uji_coba").content.decode()

    assert (answers(submission)["tujuan_survei"], answers(submission)["uji_coba"]) == ("Dari loket lain", 1)
    assert "tidak ditimpa: R.4.1 Tujuan Survei" in page


@pytest.mark.parametrize("spoil", ["forged", "of another", "by another", "nothing ticked", "unknown item"])
def test_a_forged_or_foreign_or_empty_review_saves_nothing(client_p, client_of, petugas, submission, spoil):
    content = upload(client_p, submission, filled(tujuan_survei="Mengukur")).context["content"]
    before, target, client, items = answers(submission), submission, client_p, ["tujuan_survei"]
    if spoil == "forged":
        content = content[:-3] + "abc"
    elif spoil == "of another":
        target = SubmissionFactory()
    elif spoil == "by another":
        other = UserFactory()
        other.groups.set(petugas.groups.all())
        client = client_of(other)
    else:
        items = [] if spoil == "nothing ticked" else ["warna_kesukaan"]

    answer = client.post(address("form_import_save", target.pk), {"content": content, "items": items})

    assert answer["Location"] == address("form_import", target.pk)
    assert answers(submission) == before
    assert "tujuan_survei" not in answers(target)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan Excel"),
        (b"x" * (6 * 1024 * 1024), "lebih dari 5 MB"),
        (write_workbook(INSTRUMENTS["FP-KPA"], {}, about="Uji"), "Berkas ini FP-KPA, permohonan ini FS3"),
        (b"_meta: {form: FS3}\nvalues: [1, 2]\n", "Bagian values"),
    ],
)
def test_an_unsuitable_file_is_refused_at_its_field(client_p, submission, content, words):
    page = upload(client_p, submission, content).content.decode()

    assert words in page


def test_a_file_that_exceeds_the_limits_of_the_child_process_is_refused_at_its_field(client_p, submission, monkeypatch):
    monkeypatch.setattr(file_reading, "CHECK", replace(file_reading.CHECK, cpu=0.01))

    page = upload(client_p, submission, filled(judul_survei="Survei Contoh")).content.decode()

    assert "Berkas ini terlalu rumit untuk sebuah formulir." in page


def test_values_that_were_not_understood_are_shown_with_their_place(client_p, submission):
    page = upload(client_p, submission, filled(tanggal_ketersediaan="31/02/2027")).content.decode()

    assert "R.7.6" in page
    assert "Tanggal 31/02/2027 tidak ada" in page


def test_words_of_a_stranger_are_shown_without_signs_that_turn_them_around(client_p, submission):
    values = {"tanggal_ketersediaan": "31/02/2027\u202eexe", "war\u202ena": 1}
    content = json.dumps({"_meta": {"form": "FS3"}, "values": values}).encode()

    page = upload(client_p, submission, content, "isian.json").content.decode()

    assert "31/02/2027exe" in page
    assert "Isian tidak dikenal: warna." in page
    assert "\u202e" not in page


def test_a_form_file_is_reviewed_like_a_workbook(client_p, submission):
    content = json.dumps({"_meta": {"form": "FS3"}, "values": {"tujuan_survei": "Mengukur", "warna": 1}}).encode()

    answer = upload(client_p, submission, content, "isian.json")

    assert [one.item.id for group in answer.context["groups"] for one in group["incoming"]] == ["tujuan_survei"]
    assert "Isian tidak dikenal: warna." in answer.content.decode()


def test_two_hundred_variables_pass_the_review_and_are_saved(client_p, submission):
    rows = [
        {"nama": f"Variabel {n}", "konsep": "Konsep", "definisi": "Definisi panjang. " * 20, "referensi_waktu": "2027"}
        for n in range(200)
    ]
    regions = [{"provinsi": f"Provinsi {n}", "kabkota": f"Kota {n}"} for n in range(100)]
    content = upload(client_p, submission, filled(variabel=rows, wilayah=regions)).context["content"]

    confirm(client_p, submission, content, "variabel", "wilayah")

    assert (len(answers(submission)["variabel"]), len(answers(submission)["wilayah"])) == (200, 100)


def test_nothing_is_imported_into_a_submission_that_is_not_being_recorded(client_p, petugas):
    submission = ready_submission(petugas)
    content = upload(client_p, submission, filled(pj_nama="Lain")).context["content"]
    submission.status = "checking"
    submission.save()

    confirm(client_p, submission, content, "pj_nama")
    again = upload(client_p, submission, filled(pj_nama="Lain"))

    assert submission.rounds.get().answers["pj_nama"] != "Lain"
    assert again["Location"] == address("submission_detail", submission.pk)


@pytest.mark.parametrize("name", ["submission_detail", "record"])
def test_the_files_are_offered_where_the_form_is(client_p, submission, name):
    page = client_p.get(address(name, submission.pk), follow=True).content.decode()

    assert address("form_import", submission.pk) in page
    assert address("form_export", submission.pk, 1) in page
    assert address("form_template", "fs3") in page
    assert address("romantik_form", submission.pk) in page


def test_the_kepala_sees_no_link_that_is_not_for_the_kepala(client_of, kepala, petugas, submission):
    place, link = address("submission_detail", submission.pk), address("form_import", submission.pk)

    assert link not in page(client_of(kepala), place, f"Permohonan {submission.register}")
    assert link in page(client_of(petugas), place, f"Permohonan {submission.register}")
