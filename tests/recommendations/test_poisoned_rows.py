"""A row whose work always fails does not hold up the other rows, and says so on a screen or on the health page."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from office.batches import RowsFailed
from office.mailing import deliver
from office.models import Mail
from recommendations.letter import delivery
from recommendations.letter import notices as ends
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.models import Dispatch, DueChange, Letter, Round, Slip
from recommendations.models.notices import NOTICE_TRIES
from recommendations.promise import alerts
from recommendations.promise import notices as dues
from recommendations.promise.actions.moving import move_due_date
from recommendations.results import asking
from recommendations.slip import mailing, reminders
from recommendations.slip.pdf import draw_slip_pdf
from reports.health_rows import OWED_AT_MOST, check_mails
from reports.health_words import Health
from tests.factories import UserFactory, recorded_submission, returned_submission, signed_submission
from tests.pages import page

pytestmark = pytest.mark.usefixtures("quick_paper")


def keys(prefix: str) -> list[str]:
    return list(Mail.objects.filter(key__startswith=prefix).order_by("key").values_list("key", flat=True))


def catch_up() -> None:
    call_command("catch_up", stdout=StringIO())


@pytest.fixture
def moved(petugas, kepala) -> list[DueChange]:
    """Return three moves of three promises to a later day, whose mails are owed."""
    rounds = [recorded_submission(petugas).rounds.get() for _ in range(3)]
    return [
        move_due_date(one, due_on=one.due_on + timedelta(days=14), reason="Menunggu walidata", by=kepala)
        for one in rounds
    ]


@pytest.fixture
def revoked(petugas, kepala) -> list[Letter]:
    """Return two revoked letters, whose mails are owed."""
    letters = [signed_submission(petugas, kepala).letter for _ in range(2)]
    return [revoke_letter(one, reason="Kegiatan dibatalkan.", by=kepala) for one in letters]


def test_a_due_date_whose_mail_cannot_be_written_does_not_hold_up_the_others(moved, poison):
    bad, *good = moved
    poison(dues, "_mail", bad)

    catch_up()

    owed = DueChange.objects.owing_notice().get()
    assert keys("due:") == sorted(f"due:{one.pk}" for one in good)
    assert (owed, owed.notice_tries, owed.notice_problem) == (bad, 1, "Programnya gagal (KeyError: '_mail').")


def test_an_ended_letter_whose_mail_cannot_be_written_does_not_hold_up_the_others(revoked, poison):
    bad, good = revoked
    poison(ends, "_mail", bad)

    catch_up()

    assert keys("ended:") == [f"ended:{good.pk}"]
    assert Letter.objects.owing_notice().get().notice_tries == 1


@pytest.mark.parametrize("kind", ["moved", "revoked"])
def test_after_three_tries_it_is_tried_hourly_and_goes_out_when_the_fault_is_mended(
    kind, request, poison, monkeypatch, time_machine
):
    rows, module = request.getfixturevalue(kind), {"moved": dues, "revoked": ends}[kind]
    write, kinds = module._mail, type(rows[0]).objects
    poison(module, "_mail", rows[0])
    now = timezone.now()

    for minutes in range(1, 50):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        {"moved": dues.tell_later, "revoked": ends.tell_ended}[kind]()
    tries = kinds.get(pk=rows[0].pk).notice_tries
    monkeypatch.setattr(module, "_mail", write)
    time_machine.move_to(now + timedelta(minutes=64), tick=False)
    catch_up()

    assert tries == NOTICE_TRIES
    assert not kinds.owing_notice().exists()
    assert kinds.get(pk=rows[0].pk).notice_problem == ""


@pytest.mark.parametrize(
    ("kind", "words"),
    [("moved", "E-mail kepada pemohon tentang jatuh tempo"), ("revoked", "yang dicabut tidak dapat dibuat.")],
)
def test_the_submission_and_the_health_page_say_which_mail_cannot_be_written(kind, words, request, client_of, kepala):
    row = request.getfixturevalue(kind)[0]
    type(row).objects.exclude(pk=row.pk).update(is_notice_owed=False)
    submission = row.round.submission if kind == "moved" else row.submission
    place, head = reverse("recommendations:submission_detail", args=[submission.pk]), client_of(kepala)
    before = page(head, place, "Riwayat")
    waiting = check_mails(timezone.now())

    type(row).objects.filter(pk=row.pk).update(notice_tries=NOTICE_TRIES, notice_problem="Programnya gagal.")

    shown, stuck = page(head, place, words), check_mails(timezone.now())
    assert words not in before
    assert "Programnya gagal. Beri tahu pemohon lewat telepon" in shown
    assert (waiting.health, stuck.health) == (Health.GOOD, Health.WARNING)
    assert "1 pemberitahuan kepada pemohon tidak dapat dibuat" in stuck.words


@pytest.mark.parametrize("kind", ["moved", "revoked"])
def test_a_mail_that_is_not_written_in_time_is_bad(kind, request):
    request.getfixturevalue(kind)

    found = check_mails(timezone.now() + OWED_AT_MOST + timedelta(minutes=1))

    assert (found.health, found.words) == (Health.BAD, "Ada pemberitahuan kepada pemohon yang belum dibuat.")


def test_a_slip_that_cannot_be_marked_as_told_does_not_hold_up_the_others(petugas, mailbox, poison):
    for _ in range(2):
        returned_submission(petugas)
    for slip in Slip.objects.all():
        draw_slip_pdf(slip.pk)
        deliver(mailing.owe_mail(slip.pk).pk)
    bad, good = Slip.objects.order_by("pk")
    poison(mailing, "tell_by_mail", bad)

    with pytest.raises(RowsFailed):
        mailing.note_told()

    assert Round.objects.get(pk=good.round_id).told_at
    assert Round.objects.get(pk=bad.round_id).told_at is None


def test_a_result_that_cannot_be_noted_does_not_hold_up_the_others(petugas, kepala, mailbox, poison):
    for _ in range(2):
        signed_submission(petugas, kepala)
    for dispatch in Dispatch.objects.all():
        deliver(delivery.owe_letter_mail(dispatch.pk).pk)
    bad, good = Dispatch.objects.order_by("pk")
    poison(delivery, "note_result", bad)

    with pytest.raises(RowsFailed):
        delivery.note_results()

    assert list(Dispatch.objects.unnoted()) == [bad]
    assert Dispatch.objects.get(pk=good.pk).noted == "sent"


def test_a_part_of_the_owed_work_that_fails_lets_the_command_fail_after_the_others(moved, monkeypatch):
    monkeypatch.setattr("recommendations.owed_work.note_told", lambda: 1 / 0)

    with pytest.raises(RowsFailed):
        catch_up()

    assert len(keys("due:")) == len(moved)


def test_a_reminder_that_cannot_be_written_does_not_hold_up_the_others(petugas, poison, monkeypatch):
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    for _ in range(3):
        returned_submission(petugas)
    Round.objects.filter(number=1).update(told_at=timezone.now() - timedelta(days=200))
    bad, *good = Round.objects.filter(number=1).order_by("pk")
    poison(reminders, "_mail", bad)

    for _ in range(2):
        with pytest.raises(RowsFailed):
            reminders.remind_waiting(timezone.localdate())

    assert keys("remind:") == sorted(f"remind:{one.pk}" for one in good)
    assert Round.objects.get(pk=bad.pk).reminded_at is None


def test_an_alert_that_cannot_be_written_does_not_hold_up_the_others(petugas, poison, time_machine):
    other = UserFactory(username="dewi")
    other.groups.set(petugas.groups.all())
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    for officer in (petugas, other):
        recorded_submission(officer)
    day = date(2026, 12, 11)
    poison(alerts, "_mail", petugas)

    with pytest.raises(RowsFailed):
        alerts.alert(day)

    assert [mail.to for mail in Mail.objects.filter(key__startswith="alert:")] == [other.email]
    assert alerts.alert(day) == 0


def test_a_mail_about_results_that_cannot_be_written_does_not_hold_up_the_others(petugas, kepala, poison, time_machine):
    other = UserFactory(username="dewi")
    other.groups.set(petugas.groups.all())
    time_machine.move_to("2026-11-23T06:30:00+08:00", tick=False)
    for officer in (petugas, other):
        one = signed_submission(officer, kepala)
        for each in one.rounds.all():
            each.answers["tanggal_ketersediaan"] = "2026-11-19"
            each.save(update_fields=["answers"])
    poison(asking, "_mail", petugas)

    with pytest.raises(RowsFailed):
        asking.remind_of_results(date(2026, 11, 23))

    assert [mail.to for mail in Mail.objects.filter(key__startswith="results:")] == [other.email]


def test_a_part_of_the_daily_command_that_fails_does_not_hold_up_the_next(petugas, monkeypatch):
    returned_submission(petugas)
    Round.objects.filter(number=1).update(told_at=timezone.now() - timedelta(days=200))
    monkeypatch.setattr("recommendations.management.commands.alert_due.alert", lambda today: 1 / 0)

    with pytest.raises(RowsFailed):
        call_command("alert_due", stdout=StringIO())

    assert len(keys("remind:")) == 1
