"""The mail about a later due date is owed by its row: it survives a lost queue and is put into the outbox once."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from office.models import DayOff, Mail
from recommendations.models import DueChange, Round
from recommendations.promise import notices
from recommendations.promise.actions.moving import change_calendar, move_due_date
from recommendations.promise.notices import tell_later
from recommendations.promise.shifts import CalendarDraft
from recommendations.promise.tasks import tell_later_dues
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(office, petugas, time_machine) -> Round:
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    return factories.recorded_submission(petugas).rounds.get()


def christmas_leave() -> CalendarDraft:
    return CalendarDraft(entered=(DayOff(day=date(2026, 12, 28), name="Cuti", kind=DayOff.Kind.COLLECTIVE),))


def test_a_move_to_a_later_day_owes_a_mail_in_its_row(promised, petugas, kepala):
    change_calendar(christmas_leave(), cause="SKB contoh", by=petugas)
    move_due_date(promised, due_on=date(2027, 1, 6), reason="Lebih cepat", by=kepala)
    move_due_date(promised, due_on=date(2027, 1, 15), reason="Menunggu walidata", by=kepala)

    owed = [(one.new_due_on, one.is_notice_owed) for one in DueChange.objects.order_by("pk")]

    assert owed == [(date(2027, 1, 8), True), (date(2027, 1, 6), False), (date(2027, 1, 15), True)]


def test_the_clock_mails_what_a_lost_queue_owed(promised, petugas):
    change_calendar(christmas_leave(), cause="SKB contoh", by=petugas)  # its message to the worker is lost

    for _ in range(3):
        call_command("catch_up", verbosity=0)

    mail = Mail.objects.get()
    assert mail.key == f"due:{DueChange.objects.get().pk}"
    assert "Jumat, 8 Januari 2027" in mail.body
    assert not DueChange.objects.owing_notice().exists()


def test_many_changes_are_reported_in_batches_oldest_first(promised, kepala, monkeypatch):
    monkeypatch.setattr(notices, "AT_ONCE", 2)
    for day in (11, 12, 13, 14, 15):
        move_due_date(promised, due_on=date(2027, 1, day), reason="contoh", by=kepala)

    count = tell_later()

    keys = list(Mail.objects.order_by("pk").values_list("key", flat=True))
    assert (count, tell_later()) == (5, 0)
    assert keys == [f"due:{one.pk}" for one in DueChange.objects.order_by("pk")]


def test_a_change_whose_mail_cannot_be_written_stays_owed(promised, kepala, monkeypatch):
    move_due_date(promised, due_on=date(2027, 1, 15), reason="contoh", by=kepala)

    def fail(mails):
        raise OSError

    monkeypatch.setattr("recommendations.notices.put_mails", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the error of a disk has no words of ours
        tell_later_dues()

    assert DueChange.objects.owing_notice().exists()


def test_the_migration_owes_the_mails_that_an_earlier_version_lost(promised, kepala):
    told, lost = (move_due_date(promised, due_on=date(2027, 1, day), reason="contoh", by=kepala) for day in (14, 15))
    move_due_date(promised, due_on=date(2027, 1, 13), reason="lebih cepat", by=kepala)
    ended = factories.recorded_submission(kepala).rounds.get()
    move_due_date(ended, due_on=date(2027, 1, 15), reason="contoh", by=kepala)
    Round.objects.filter(pk=ended.pk).update(told_at=timezone.now() + timedelta(days=1))
    Mail.objects.create(key=f"due:{told.pk}", to="sari@contoh.example", subject="Contoh", body="Contoh")
    DueChange.objects.update(is_notice_owed=False)

    import_module("recommendations.migrations.0015_owed_papers_and_notices").owe_lost_notices(apps, None)

    assert list(DueChange.objects.owing_notice()) == [lost]
