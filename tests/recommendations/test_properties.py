"""Recorded answers are unchanged after a workbook, a form file, and saving."""

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.form_files import read_form_file
from recommendations.instruments.form_writing import as_json, as_yaml, form_document
from recommendations.recording.actions import completing
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.actions.unlocking import unlock_item
from recommendations.workbook.reading import read_workbook
from recommendations.workbook.writing import write_workbook
from tests.factories import SubmissionFactory
from tests.recommendations.strategies import answers_of

FORMS = list(INSTRUMENTS.values())
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def quick(examples):
    return settings(max_examples=examples, deadline=None, suppress_health_check=SLOW, derandomize=True)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
@quick(25)
@given(data=st.data())
def test_answers_survive_the_way_into_a_workbook_and_back(form, data):
    answers = data.draw(answers_of(form))

    reading = read_workbook(write_workbook(form, answers, about="Uji"))

    assert reading.values == answers
    assert (reading.not_understood, reading.notes) == ([], [])


@pytest.mark.parametrize("write", [as_yaml, as_json])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
@quick(30)
@given(data=st.data())
def test_answers_survive_the_way_into_a_form_file_and_back(form, write, data):
    answers = data.draw(answers_of(form))
    document = form_document(form, answers, submitted_on=None, attachments=["surat_pengantar"])

    file = read_form_file(write(document).encode())

    assert file.values == answers
    assert (file.instrument_code, file.attachments) == (form.code, ("surat_pengantar",))


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
@quick(8)
@given(data=st.data())
def test_answers_survive_saving_and_a_frozen_round_stays_as_it_was(form, data, petugas):
    answers, later = data.draw(answers_of(form)), data.draw(answers_of(form))
    submission = SubmissionFactory(instrument_code=form.code)
    submission.rounds.update(answers={})

    save_answers(submission, answers, by=petugas)
    with patch.object(completing, "what_is_missing", return_value=[]), patch.object(completing, "decide"):
        record_complete(submission, by=petugas)
    write_remark(submission, item_id=form.title_item, kind="correction", text="Mohon dilengkapi.", by=petugas)
    return_to_applicant(submission, by=petugas)
    for item_id in later.keys() - submission.rounds.get(number=2).open_items:
        unlock_item(submission, item_id=item_id, reason="Diubah pemohon", by=petugas)
    save_answers(submission, later, by=petugas)

    assert submission.rounds.get(number=1).answers == answers
    assert submission.rounds.get(number=2).answers == answers | later
