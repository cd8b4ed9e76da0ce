"""A new form is filled from an earlier submission of the same agency."""

import pytest
from django.urls import reverse

from pst_desk.examples import FS3, read_form
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Submission
from recommendations.recording.actions.copying import OWN, NoSource, copy_answers
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.forms.answers import fingerprint
from recommendations.workflow import Move
from tests.factories import ApplicantFactory, SubmissionFactory, ready_submission, recorded_submission
from tests.pages import page as asked_page

BLOCKS = [block.id for block in INSTRUMENTS["FS3"].blocks]


@pytest.fixture
def source(petugas):
    submission = recorded_submission(petugas)
    current = submission.rounds.get()
    current.answers["identitas_rekomendasi"] = "V-26.6371.001"
    current.save()
    return submission


@pytest.fixture
def new(source):
    return SubmissionFactory(applicant=source.applicant)


def answers(submission):
    return submission.rounds.get().answers


def page(submission):
    return reverse("recommendations:copy_answers", args=[submission.pk])


def test_everything_but_title_year_schedule_and_identity_is_copied(new, source, petugas):
    copy_answers(new, source, blocks=BLOCKS, overwrite={}, by=petugas)

    own = {"judul_survei", "tahun_kegiatan", "jadwal_lapangan", "tanggal_ketersediaan", "identitas_rekomendasi"}
    assert own.isdisjoint(answers(new))
    old = read_form(FS3)["values"]
    assert answers(new)["tujuan_survei"] == answers(source)["tujuan_survei"]
    assert answers(new)["variabel"] == answers(source)["variabel"]
    assert len(answers(new)) > len(old) / 2
    assert new.attachments.count() == 0


def test_title_and_schedule_are_copied_on_request_but_never_the_identity_number(new, source, petugas):
    copy_answers(new, source, blocks=[*BLOCKS, OWN], overwrite={}, by=petugas)

    assert answers(new)["judul_survei"] == answers(source)["judul_survei"]
    assert "identitas_rekomendasi" not in answers(new)
    new.refresh_from_db()
    assert new.title == answers(source)["judul_survei"]


def test_only_the_chosen_blocks_are_copied(new, source, petugas):
    filled = copy_answers(new, source, blocks=["blok_2"], overwrite={}, by=petugas)

    assert {new.instrument.block_of(item.id).id for item in filled} == {"blok_2"}


def test_typed_answers_are_kept_unless_overwriting_was_ticked(new, source, petugas):
    save_answers(new, {"tujuan_survei": "Tujuan baru", "pj_nama": "Ani Contoh"}, by=petugas)
    seen = fingerprint(new.instrument.item("pj_nama"), "Ani Contoh")

    copy_answers(new, source, blocks=BLOCKS, overwrite={"pj_nama": seen}, by=petugas)

    assert answers(new)["tujuan_survei"] == "Tujuan baru"
    assert answers(new)["pj_nama"] == answers(source)["pj_nama"]


def test_an_answer_changed_after_the_preview_is_kept_even_if_ticked(new, source, petugas):
    seen = fingerprint(new.instrument.item("pj_nama"), "Ani Contoh")
    save_answers(new, {"pj_nama": "Dewi Contoh"}, by=petugas)

    copy_answers(new, source, blocks=BLOCKS, overwrite={"pj_nama": seen}, by=petugas)

    assert answers(new)["pj_nama"] == "Dewi Contoh"


def test_a_copy_is_one_event(new, source, petugas):
    filled = copy_answers(new, source, blocks=BLOCKS, overwrite={}, by=petugas)

    event = new.events.get(move=Move.COPY)
    assert event.note == f"{len(filled)} isian dari {source.register}, putaran 1"


@pytest.mark.parametrize("other", ["agency", "form", "itself"])
def test_another_agency_another_form_or_the_submission_itself_is_no_source(new, source, petugas, other):
    sources = {
        "agency": lambda: ready_submission(petugas, applicant=ApplicantFactory()),
        "form": lambda: SubmissionFactory(applicant=source.applicant, instrument_code="FP-KPA"),
        "itself": lambda: new,
    }

    with pytest.raises(NoSource):
        copy_answers(new, sources[other](), blocks=BLOCKS, overwrite={}, by=petugas)


def test_a_returned_form_takes_no_copy(returned, source, petugas):
    Submission.objects.filter(pk=returned.pk).update(applicant=source.applicant)
    returned.refresh_from_db()

    with pytest.raises(NoSource):
        copy_answers(returned, source, blocks=BLOCKS, overwrite={}, by=petugas)


def test_the_recording_offers_it_only_when_there_is_something_to_copy(new, source, client_of, petugas):
    def offered(submission):
        place = reverse("recommendations:record_block", args=[submission.pk, "sampul"])
        return "Salin dari permohonan lama" in asked_page(client_of(petugas), place, submission.register)

    assert offered(new)
    assert not offered(SubmissionFactory())


def test_the_page_shows_what_is_copied_and_what_would_be_overwritten(new, source, client_of, petugas):
    script = "<script>alert('x')</script>"
    save_answers(new, {"tujuan_survei": script}, by=petugas)
    client = client_of(petugas)

    chosen = client.get(page(new)).content.decode()
    preview = client.get(page(new), {"dari": source.pk}).content.decode()

    assert source.register in chosen
    assert script not in preview
    assert "&lt;script&gt;" in preview
    assert answers(source)["tujuan_survei"][:40] in preview
    assert f'value="{OWN}"' in preview
    assert "V-26.6371.001" not in preview


def test_the_page_copies_what_was_ticked(new, source, client_of, petugas):
    save_answers(new, {"tujuan_survei": "Lama", "pj_nama": "Ani Contoh"}, by=petugas)
    seen = fingerprint(new.instrument.item("tujuan_survei"), "Lama")
    posted = {"dari": source.pk, "blocks": ["blok_2", "blok_4"], "overwrite": [f"tujuan_survei:{seen}"]}

    client_of(petugas).post(page(new), posted)

    assert answers(new)["tujuan_survei"] == answers(source)["tujuan_survei"]
    assert answers(new)["pj_nama"] == "Ani Contoh"


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({}, "Pilih sedikitnya satu bagian"),
        ({"blocks": ["blok_99"]}, "tidak ada pada formulir"),
    ],
)
def test_a_copy_without_valid_blocks_is_refused_with_a_message(new, source, client_of, petugas, posted, told):
    page_of = client_of(petugas).post(page(new), {"dari": source.pk} | posted).content.decode()

    assert told in page_of
    assert not new.events.filter(move=Move.COPY).exists()


@pytest.mark.parametrize("wanted", ["999999", "x", "\u200b", "9" * 30])
def test_an_unknown_source_is_not_found(new, client_of, petugas, wanted):
    assert client_of(petugas).get(page(new), {"dari": wanted}).status_code == 404


def test_a_get_copies_nothing(new, source, client_of, petugas):
    preview = client_of(petugas).get(page(new), {"dari": source.pk, "blocks": BLOCKS}).content.decode()

    assert answers(source)["tujuan_survei"][:40] in preview
    assert set(answers(new)) == {"instansi_penyelenggara"}
