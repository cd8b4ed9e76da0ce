"""What the Kepala reads before the letter: computed from the form, and never green for what is not so."""

import pytest
from django.urls import reverse

from office.models import Office
from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.examination.actions.examining import verify
from recommendations.letter.points import points_of
from recommendations.models import DuplicateCheck
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.rulebook import rulebook_of
from recommendations.workflow import Move
from tests.factories import ready_submission, verified_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
KALSEL = "Kalimantan Selatan"


def recorded_with_reasons(by, reason="Sudah dibicarakan dengan BPS Provinsi.", **answers):
    """Return a submission that was verified although its form breaks rules; each error has `reason`."""
    submission = ready_submission(by)
    save_answers(submission, answers, by=by)
    current = submission.rounds.get()
    found = rulebook_of(current).findings(submission.instrument, current.answers)
    record_complete(submission, reasons={one: reason for one in found if one.is_error}, by=by)
    confirm_no_duplicate(submission, by=by)
    verify(submission, by=by)
    submission.refresh_from_db()
    return submission


def points(submission):
    examined = submission.rounds.recorded().latest("number")
    examined.submission = submission
    return points_of(examined, submission.events.get(move=Move.VERIFY), Office.objects.current())


def said(submission) -> list[tuple[str, str]]:
    return [(point.kind, point.words) for point in points(submission)]


def test_a_form_without_faults_has_nothing_against_it(office, petugas):
    assert said(verified_submission(petugas)) == [
        ("ok", "Dinyatakan layak oleh Rina Contoh"),
        ("ok", "Wilayah Kota Banjarmasin, kewenangan kantor ini"),
        ("ok", "Tidak ada isian yang melanggar aturan"),
        ("ok", "Bukan duplikasi, menurut Rina Contoh"),
    ]


def test_a_nationwide_form_is_reported_with_the_reason_why_it_was_recorded(office, petugas):
    submission = recorded_with_reasons(petugas, cakupan_wilayah=1)

    territory, findings = points(submission)[1:3]

    assert (territory.kind, territory.words.split(":")[0]) == ("warn", "Bukan wilayah kantor ini. Seluruh Indonesia")
    assert (findings.kind, findings.words) == ("warn", "2 temuan tetap direkam, dengan alasan")
    assert findings.details[0][0].startswith("Cakupan nasional bukan kewenangan kantor ini.")
    assert {reason for _, reason in findings.details} == {"Sudah dibicarakan dengan BPS Provinsi. (Rina Contoh)"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"provinsi": KALSEL, "kabkota": "Kota Banjarbaru"}], "berwenang BPS Kota Banjarbaru"),
        ([{"provinsi": KALSEL, "kabkota": "Semua kabupaten/kota"}], "berwenang BPS Provinsi Kalimantan Selatan"),
    ],
)
def test_another_region_is_reported_with_its_office(office, petugas, rows, words):
    territory = points(recorded_with_reasons(petugas, cakupan_wilayah=2, wilayah=rows))[1]

    assert territory.kind == "warn"
    assert words in territory.words


def test_an_error_that_nobody_decided_is_reported_too(office, petugas):
    submission = verified_submission(petugas)
    examined = submission.rounds.get()
    answers = examined.answers | {"cakupan_wilayah": 1}
    submission.rounds.update(answers=answers)  # as if a rule had come after the recording

    findings = points(submission)[2]

    assert (findings.kind, findings.words) == ("warn", "2 temuan pada isian")
    assert {reason for _, reason in findings.details} == {""}


def test_a_decision_about_similar_activities_names_who_made_it(office, petugas):
    submission = verified_submission(petugas)
    outcome = {"outcome": DuplicateCheck.Conclusion.NOT_DUPLICATE, "reason": "Wilayah lain."}
    DuplicateCheck.objects.filter(round__submission=submission).update(**outcome)

    last = points(submission)[-1]

    assert (last.kind, last.words) == ("ok", "Bukan duplikasi, menurut Rina Contoh: Wilayah lain.")


def test_a_form_without_similar_activities_says_so(office, petugas):
    submission = verified_submission(petugas)
    DuplicateCheck.objects.filter(round__submission=submission).update(outcome=DuplicateCheck.Conclusion.NONE)

    assert said(submission)[-1] == ("ok", "Tidak ada kegiatan yang sangat serupa")


def test_the_page_of_the_kepala_shows_what_speaks_against_the_letter(client_of, office, petugas, kepala):
    submission = recorded_with_reasons(petugas, cakupan_wilayah=1)

    page = client_of(kepala).get(reverse("recommendations:letter_issue", args=[submission.pk])).content.decode()

    assert "Bukan wilayah kantor ini. Seluruh Indonesia" in page
    assert "Sudah dibicarakan dengan BPS Provinsi. (Rina Contoh)" in page
    assert ", kewenangan kantor ini" not in page  # what the page says of a form of this office's region


def test_the_queue_of_the_kepala_counts_what_was_recorded_with_reasons(client_of, office, petugas, kepala):
    recorded_with_reasons(petugas, cakupan_wilayah=1)
    verified_submission(petugas)

    page = client_of(kepala).get(reverse("recommendations:letter_queue")).content.decode()

    assert page.count("2 temuan tetap direkam") == 1
    assert page.count("temuan tetap direkam") == 1
