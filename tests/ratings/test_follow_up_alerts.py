"""The mails before a measure is due and after it: each once, to who can still do something."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from office.batches import RowsFailed
from office.models import DayOff, Mail
from ratings import follow_up_alerts
from ratings.follow_up_alerts import alert_follow_ups
from ratings.models import FollowUp
from tests.factories import UserFactory

FRIDAY = date(2026, 12, 11)
DUE_IN_FIVE = date(2026, 12, 18)
"""Monday to Friday of the next week: five working days."""


@pytest.fixture(autouse=True)
def friday(office):
    """Move to Friday, 11 December 2026, 06.40."""
    moment = datetime(2026, 12, 11, 6, 40, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(moment, tick=False):
        yield


def measure(responsible, due_on: date, **facts) -> FollowUp:
    usual = {"period": "2026-T3", "aspect": "waktu", "action": "Tambah loket.", "written_by": responsible}
    return FollowUp.objects.create(responsible=responsible, due_on=due_on, **usual | facts)


def told() -> list[tuple[str, str]]:
    """Return to whom a mail was written, and its subject, sorted."""
    return sorted(Mail.objects.filter(key__startswith="follow-up-due:").values_list("to", "subject"))


SOON = "Tindak lanjut SKM: Waktu mendekati batas waktu"
LATE = "Tindak lanjut SKM: Waktu lewat batas waktu"


@pytest.mark.parametrize(
    ("due_on", "subjects"),
    [
        (DUE_IN_FIVE + timedelta(days=1), []),
        (DUE_IN_FIVE, [SOON]),
        (FRIDAY, [SOON]),
        (FRIDAY - timedelta(days=1), [LATE]),
    ],
)
def test_the_responsible_person_is_mailed_from_five_working_days_before(petugas, due_on, subjects):
    measure(petugas, due_on)

    count = alert_follow_ups(FRIDAY)

    assert [subject for to, subject in told() if to == petugas.email] == subjects
    assert count == len(told())


def test_a_day_off_moves_the_mail_one_day_forward(petugas):
    DayOff.objects.create(day=date(2026, 12, 16), name="Libur contoh")
    measure(petugas, DUE_IN_FIVE + timedelta(days=3))

    assert alert_follow_ups(FRIDAY) == 1


def test_each_mail_is_written_once_and_the_overdue_one_once_more(petugas, kepala):
    measure(petugas, DUE_IN_FIVE)

    counts = [alert_follow_ups(FRIDAY + timedelta(days=days)) for days in (0, 3, 7, 10, 11, 40)]

    assert counts == [1, 0, 0, 2, 0, 0]
    assert told() == sorted([(petugas.email, SOON), (petugas.email, LATE), (kepala.email, LATE)])


def test_a_run_that_comes_late_writes_only_that_it_is_overdue(petugas):
    measure(petugas, FRIDAY - timedelta(days=30))

    alert_follow_ups(FRIDAY)

    assert told() == [(petugas.email, LATE)]


def test_another_due_date_is_told_again(petugas):
    row = measure(petugas, FRIDAY - timedelta(days=1))
    alert_follow_ups(FRIDAY)
    FollowUp.objects.filter(pk=row.pk).update(due_on=DUE_IN_FIVE)

    assert alert_follow_ups(FRIDAY) == 1
    assert (petugas.email, SOON) in told()


@pytest.mark.parametrize("lost", [{"email": ""}, {"is_active": False}])
def test_the_kepala_gets_the_mail_of_a_person_who_gets_none(kepala, lost):
    measure(UserFactory(**lost), DUE_IN_FIVE)

    alert_follow_ups(FRIDAY)

    assert told() == [(kepala.email, SOON)]


def test_a_kepala_who_is_responsible_gets_one_mail(kepala):
    measure(kepala, FRIDAY - timedelta(days=1))

    alert_follow_ups(FRIDAY)

    assert told() == [(kepala.email, LATE)]


def test_a_finished_an_unwritten_and_a_carried_measure_are_not_told(petugas, kepala):
    running = measure(petugas, DUE_IN_FIVE)
    measure(petugas, FRIDAY - timedelta(days=1), aspect="biaya", done_on=FRIDAY, proof="Foto loket.")
    FollowUp.objects.create(period="2026-T3", aspect="sarana")
    FollowUp.objects.create(period="2026-09", aspect="waktu", carried_from=running)

    alert_follow_ups(FRIDAY)

    assert told() == [(petugas.email, SOON)]


def test_a_day_off_has_no_mail(petugas):
    measure(petugas, FRIDAY)

    assert alert_follow_ups(FRIDAY + timedelta(days=1)) == 0
    assert told() == []


def test_the_mail_says_what_until_when_and_where(petugas):
    row = measure(petugas, DUE_IN_FIVE, action="Tambah loket <dua>.")

    alert_follow_ups(FRIDAY)

    body = Mail.objects.get(to=petugas.email).body
    for words in ("Triwulan III 2026", "Jumat, 18 Desember 2026", "Tambah loket <dua>.", f"/tindak-lanjut/{row.pk}/"):
        assert words in body


def test_the_command_says_how_many(petugas):
    measure(petugas, FRIDAY)
    said = StringIO()

    call_command("alert_follow_ups", stdout=said)
    call_command("alert_follow_ups", stdout=said)

    assert said.getvalue().splitlines() == [
        "1 e-mail tentang tindak lanjut SKM.",
        "0 e-mail tentang tindak lanjut SKM.",
    ]


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(petugas, kepala, poison):
    bad = measure(petugas, FRIDAY - timedelta(days=1))
    measure(kepala, DUE_IN_FIVE, aspect="biaya")
    poison(follow_up_alerts, "_mail", bad)

    with pytest.raises(RowsFailed):
        alert_follow_ups(FRIDAY)

    assert told() == [(kepala.email, SOON.replace("Waktu", "Biaya/tarif"))]
