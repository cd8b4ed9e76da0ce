"""The clock mails about each activity once when its planned release is over, to the one who has to ask for results."""

import uuid
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from office.models import Head, Mail, User
from recommendations.models import Round, Submission
from recommendations.results.actions import note_asked, note_received
from recommendations.results.asking import remind_of_results
from tests.factories import signed_submission

pytestmark = pytest.mark.usefixtures("quick_paper")
MONDAY = date(2026, 11, 23)
RELEASE = date(2026, 11, 19)


@pytest.fixture
def released(time_machine, signed) -> Submission:
    """Return a submission with a signed letter, on the Monday after its planned release."""
    time_machine.move_to("2026-11-23T06:30:00+08:00", tick=False)
    release(signed.submission, RELEASE)
    return signed.submission


def release(submission: Submission, day: date | str) -> None:
    for one in Round.objects.filter(submission=submission):
        one.answers["tanggal_ketersediaan"] = str(day)
        one.save(update_fields=["answers"])


def mails() -> list[Mail]:
    return list(Mail.objects.filter(key__startswith="results:").order_by("pk"))


def facts() -> dict:
    return {"happened_on": timezone.localdate(), "note": "", "form_token": uuid.uuid4()}


def test_the_officer_gets_one_mail_however_often_the_clock_runs(released, petugas):
    for _ in range(3):
        call_command("alert_due", stdout=StringIO())
    remind_of_results(MONDAY + timedelta(days=1))

    (mail,) = mails()
    assert mail.to == petugas.email
    assert "1 instansi perlu dimintai" in mail.subject
    assert f"19/11/2026  {released.register}" in mail.body
    assert "/hasil/" in mail.body
    assert Submission.objects.get(pk=released.pk).results_told_on == MONDAY


def test_several_activities_are_in_one_mail_and_a_later_one_in_another(released, petugas, kepala):
    for day in (RELEASE, MONDAY):
        release(signed_submission(petugas, kepala), day)

    counts = [remind_of_results(day) for day in (MONDAY, MONDAY + timedelta(days=1))]

    assert counts == [2, 1]
    assert [mail.subject.split()[2] for mail in mails()] == ["2", "1"]


@pytest.mark.parametrize("value", [MONDAY, MONDAY + timedelta(days=1), "triwulan I 2026", ""])
def test_a_release_that_is_not_over_or_not_known_is_not_mailed(released, value):
    release(released, value)

    assert remind_of_results(MONDAY) == 0
    assert mails() == []


def test_there_is_no_mail_on_a_day_off(released):
    assert [remind_of_results(MONDAY - timedelta(days=day)) for day in (1, 2)] == [0, 0]
    assert remind_of_results(MONDAY) == 1


@pytest.mark.parametrize("note", [note_asked, note_received])
def test_results_that_were_asked_for_or_received_are_not_mailed(released, petugas, note):
    note(released, **facts(), by=petugas)

    assert remind_of_results(MONDAY) == 0
    assert mails() == []


def test_the_kepala_gets_the_mail_of_an_officer_who_cannot(released, petugas, kepala):
    User.objects.filter(pk=petugas.pk).update(is_active=False)

    remind_of_results(MONDAY)

    assert [mail.to for mail in mails()] == [kepala.email]


def test_without_any_address_it_waits_until_there_is_one(released, petugas, kepala):
    User.objects.filter(pk__in=[petugas.pk, kepala.pk]).update(email="")
    waited = remind_of_results(MONDAY)
    User.objects.filter(pk=petugas.pk).update(email="rina@contoh.example")

    assert waited == 0
    assert Head.objects.on(MONDAY).exists()
    assert remind_of_results(MONDAY + timedelta(days=1)) == 1
    assert [mail.to for mail in mails()] == ["rina@contoh.example"]
