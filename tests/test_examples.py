"""The example form is valid on any day, so that demo, walkthrough and tests never expire."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from pst_desk.examples import FS3, ahead_of, read_form
from recommendations.models import FindingDecision
from tests.factories import recorded_submission


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        (date(2026, 11, 24), "2027-02-08"),
        (date(2027, 2, 7), "2027-02-08"),
        (date(2027, 2, 8), "2028-02-08"),
        (date(2028, 2, 7), "2028-02-08"),
        (date(2028, 2, 29), "2029-02-08"),
        (date(2031, 12, 31), "2032-02-08"),
    ],
)
def test_the_field_work_of_the_example_begins_after_today(today, begins):
    values = ahead_of(today, read_form(FS3))["values"]

    assert values["jadwal_lapangan"]["awal"] == begins
    assert values["tahun_kegiatan"] == int(begins[:4])
    assert begins[:4] in values["variabel"][0]["referensi_waktu"]


@pytest.mark.parametrize("answer", [None, "besok", {"awal": None, "akhir": None}])
def test_a_form_without_a_day_is_left_as_it_is(answer):
    form = read_form(FS3)
    form["values"]["jadwal_lapangan"] = answer

    assert ahead_of(date(2030, 1, 1), form) == form


@pytest.mark.parametrize("year", [2026, 2028, 2031])
def test_the_example_is_recorded_complete_without_a_decision_in_any_year(petugas, year):
    with time_machine.travel(datetime(year, 6, 1, tzinfo=UTC), tick=False):
        submission = recorded_submission(petugas)

    assert submission.status == "checking"
    assert not FindingDecision.objects.exists()
