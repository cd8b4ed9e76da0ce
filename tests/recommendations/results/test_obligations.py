"""After the planned release date an officer is reminded to ask for results and metadata, until they are received."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Mail
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Letter, ResultNote, Round, Submission
from recommendations.results.actions import NothingOwed, ResultsReceived, note_asked, note_received
from recommendations.results.obligations import awaited
from recommendations.workflow import LetterStatus, Move
from tests.factories import recorded_submission, signed_submission
from tests.pages import page

pytestmark = pytest.mark.usefixtures("quick_paper")
ITEM = "tanggal_ketersediaan"
TITLE = "Hasil dan metadata yang ditunggu"
LIST = reverse("recommendations:result_list")


@pytest.fixture
def submission(signed) -> Submission:
    """Return a submission with a signed letter."""
    return signed.submission


def release(submission: Submission, value) -> None:
    """Let the form say `value` as the planned release."""
    for one in Round.objects.filter(submission=submission):
        one.answers[ITEM] = value
        one.save(update_fields=["answers"])


def rows():
    return awaited(Submission.objects.all(), today=timezone.localdate())


def url(name: str, submission: Submission) -> str:
    return reverse(f"recommendations:{name}", args=[submission.pk])


def facts(**more):
    return {"happened_on": timezone.localdate(), "note": "", "form_token": uuid.uuid4()} | more


def typed(**more):
    return {"happened_on": timezone.localdate().strftime("%d/%m/%Y"), "note": "", "form_token": uuid.uuid4()} | more


def test_each_form_names_its_release_item():
    assert {code: one.item(one.release_item).number for code, one in INSTRUMENTS.items()} == {
        "FS3": "7.6",
        "FP-KPA": "7.6",
    }


@pytest.mark.parametrize(("days", "is_awaited"), [(-400, True), (-1, True), (0, False), (1, False)])
def test_results_are_awaited_from_the_day_after_the_release(submission, days, is_awaited):
    day = timezone.localdate() + timedelta(days=days)
    release(submission, day.isoformat())

    assert [row.planned_on for row in rows()] == [day] * is_awaited


@pytest.mark.parametrize("value", ["triwulan I 2027", "2027-02-31", "", None, {"awal": "2026-01-01"}, ["x"], 7])
def test_a_date_that_cannot_be_read_is_not_dropped(submission, value, client_p):
    release(submission, value)

    (row,) = rows()
    assert row.planned_on is None
    assert "Tanggal rilis tidak diketahui" in page(client_p, LIST, TITLE)


def test_the_known_date_comes_before_the_unknown_one(submission, petugas, kepala):
    other = signed_submission(petugas, kepala)
    release(submission, "kira-kira Maret")
    release(other, "2026-01-02")

    assert [row.submission for row in rows()] == [other, submission]
    assert rows()[1].typed == "kira-kira Maret"


def test_nothing_is_awaited_before_the_letter_is_in_force(petugas, submission):
    release(recorded_submission(petugas), "2026-01-02")
    release(submission, "2026-01-02")
    Letter.objects.update(correction_at=None, status=LetterStatus.ISSUED)

    assert rows() == []


def test_asking_is_noted_as_often_as_needed_and_mails_nobody(submission, client_p):
    release(submission, "2026-01-02")
    mails = Mail.objects.count()

    for note in ("Lewat telepon.", "Lewat surat."):
        client_p.post(url("note_asked", submission), typed(note=note))

    (row,) = rows()
    assert row.asked_on == timezone.localdate()
    assert submission.result_notes.filter(kind=ResultNote.Kind.ASKED).count() == 2
    assert submission.events.filter(move=Move.ASK_RESULT).last().note.endswith("Lewat surat.")
    assert Mail.objects.count() == mails


def test_what_was_received_is_awaited_no_more(submission, client_p):
    release(submission, "2026-01-02")

    words = client_p.post(url("note_received", submission), typed(note="Publikasi dan MS-Keg."), follow=True)

    assert rows() == []
    shown = words.content.decode()
    assert "Publikasi dan MS-Keg." in shown
    assert "Catat sudah diterima" not in shown
    assert submission.events.get(move=Move.RESULT).by.username == "rina"


def test_a_double_press_is_one_note(submission, client_p):
    sent = typed()

    for _ in range(2):
        client_p.post(url("note_asked", submission), sent)

    assert submission.result_notes.count() == 1


def test_two_officers_at_once_receive_it_once(submission, petugas):
    note_received(submission, **facts(), by=petugas)

    with pytest.raises(ResultsReceived):
        note_received(submission, **facts(), by=petugas)
    with pytest.raises(ResultsReceived):
        note_asked(submission, **facts(), by=petugas)


def test_without_a_letter_nothing_is_owed(petugas):
    with pytest.raises(NothingOwed):
        note_asked(recorded_submission(petugas), **facts(), by=petugas)


@pytest.mark.parametrize("day", ["", "x", "31/02/2026", "\x00", "1" * 10_000])
def test_a_day_that_is_none_is_refused(submission, client_p, day):
    answer = client_p.post(url("note_asked", submission), typed(happened_on=day, note="Lewat e-mail."))

    assert list(answer.context["asked_form"].errors) == ["happened_on"]
    assert "Lewat e-mail." in answer.content.decode()
    assert submission.result_notes.count() == 0


def test_a_day_to_come_is_refused(submission, client_p):
    tomorrow = timezone.localdate() + timedelta(days=1)

    words = client_p.post(
        url("note_received", submission), typed(happened_on=tomorrow.strftime("%d/%m/%Y")), follow=True
    ).content.decode()

    assert "belum tiba" in words
    assert submission.result_notes.count() == 0


def test_the_form_token_of_another_submission_makes_no_error(submission, petugas, kepala, client_p):
    other, token = signed_submission(petugas, kepala), uuid.uuid4()
    note_asked(other, **facts(form_token=token), by=petugas)

    words = client_p.post(url("note_asked", submission), typed(form_token=token), follow=True).content.decode()

    assert "sudah dipakai" in words
    assert submission.result_notes.count() == 0


def test_the_dashboard_counts_and_lists_an_officers_own_and_the_kepalas_all(
    submission, petugas, kepala, client_of, client_p
):
    other = signed_submission(petugas, kepala)
    Submission.objects.filter(pk=other.pk).update(officer=kepala)
    release(submission, "2026-01-02")
    release(other, "tidak tahu")
    dashboard = reverse("reports:dashboard")

    mine, all_of_them = (client_of(person).get(dashboard).context["awaited"] for person in (petugas, kepala))

    assert (mine.late, mine.unknown, len(mine.rows)) == (1, 0, 1)
    assert (all_of_them.late, all_of_them.unknown) == (1, 1)
    assert "1 lewat tanggal rilis" in page(client_p, dashboard, TITLE)
    assert "0 tanggal rilisnya tidak diketahui" in page(client_p, mine.url, TITLE)


def test_more_rows_take_no_more_queries(submission, petugas, kepala):
    release(submission, "2026-01-02")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert [str(row.submission.applicant.agency) for row in rows()]
        counts.append(len(queries))
        release(signed_submission(petugas, kepala), "2026-01-03")

    assert counts == [1, 1]


def test_the_kepala_reads_and_does_not_note(submission, client_of, kepala):
    shown = page(client_of(kepala), url("result_notes", submission), "Rencana rilis")

    assert "Catat sudah diminta" not in shown


def test_the_database_takes_received_results_once(submission, petugas):
    note = {"submission": submission, "kind": "received", "happened_on": date(2026, 1, 3), "by": petugas}
    ResultNote.objects.create(**note)

    with pytest.raises(IntegrityError), transaction.atomic():
        ResultNote.objects.create(**note)
