"""The promise of a returned round is kept when the slip is handed over, mailed to a real server, or answered."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from office.mail_problems import PAUSES
from office.mailing import deliver
from office.models import Mail, Pulse
from office.outbox import MailResultKnown
from office.pulses import note_seen
from recommendations.models import Round, Slip, Submission
from recommendations.promise.alerts import alert
from recommendations.promise.telling import tell_round
from recommendations.recording.actions.completing import record_complete
from recommendations.slip.actions import (
    SlipMailUnderWay,
    SlipNotDrawn,
    confirm_slip_arrival,
    hand_over_slip,
    mail_slip_again,
    note_slip_bounce,
)
from recommendations.slip.mailing import note_told
from recommendations.slip.tasks import draw_slip, send_slip
from recommendations.submissions.actions.opening import cancel
from recommendations.tracking.actions import Typed, answer_mark, send_answers
from recommendations.workflow import Move, MoveNotAllowed
from tests.conftest import free_port

pytestmark = pytest.mark.django_db


class Refusing:
    """A mail server that refuses every receiver with `answer`. It accepts every receiver when `answer` is empty."""

    def __init__(self, answer: str):
        self.answer = answer

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        if not self.answer:
            envelope.rcpt_tos.append(address)
        return self.answer or "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


@pytest.fixture
def server(settings):
    """Return a running mail server. `server.answer` is its answer to every receiver."""
    handler = Refusing("550 5.1.1 No such user")
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "office.mail_server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


@pytest.fixture
def at_once(monkeypatch):
    """Run the tasks for slips and mails at once in this process, instead of queueing them for the worker."""
    from office.tasks import send_mail

    for task in (draw_slip, send_slip, send_mail):
        monkeypatch.setattr(task, "apply_async", partial(_run, task))


def _run(task, ids, kwargs=None, **options) -> None:
    task.run(*ids)


def told(submission: Submission) -> Round:
    return submission.rounds.get(number=1)


def told_events(submission: Submission):
    return submission.events.filter(move=Move.TELL)


def test_a_return_alone_does_not_keep_the_promise(returned, petugas):
    returned.refresh_from_db()

    assert told(returned).told_at is None
    assert returned.due_on == told(returned).due_on
    assert Round.objects.promised().filter(submission=returned).exists()


def test_alerts_go_on_until_the_applicant_is_told(returned, mailed, mailbox):
    day_before = told(returned).due_on
    with time_machine.travel(f"{day_before} 07:00+08:00", tick=False):
        assert alert(timezone.localdate()) == 1

    deliver(mailed.mail_id)
    note_told()

    with time_machine.travel(f"{day_before + timedelta(days=1)} 07:00+08:00", tick=False):
        assert alert(timezone.localdate()) == 0


def test_a_mail_accepted_by_a_server_keeps_the_promise_at_that_moment(returned, mailed, mailbox):
    send_slip(mailed.pk)
    send_slip(mailed.pk)
    call_command("catch_up", verbosity=0)

    returned.refresh_from_db()
    mail = Mail.objects.get(pk=mailed.mail_id)
    assert told(returned).told_at == mail.sent_at
    assert returned.due_on is None
    assert told_events(returned).count() == 1
    assert len(mailbox.messages) == 1


def test_a_refused_mail_does_not_keep_the_promise_and_the_officer_sees_why(
    returned, mailed, server, client_of, petugas
):
    send_slip(mailed.pk)
    note_told()

    page = client_of(petugas).get(reverse("recommendations:submission_detail", args=[returned.pk])).content.decode()
    assert told(returned).told_at is None
    assert not told_events(returned).exists()
    assert "belum sampai pada pemohon" in page
    assert "550" in page
    assert "Kirim lagi" in page


def test_greylisting_counts_from_the_second_time(returned, mailed, server):
    server.answer = "451 4.7.1 Greylisted"
    send_slip(mailed.pk)
    note_told()
    between = told(returned).told_at

    server.answer = ""
    with time_machine.travel(timezone.now() + PAUSES[0] + timedelta(minutes=1), tick=False):
        second = timezone.now()
        deliver(mailed.mail_id)  # the next attempt, as the outbox makes it
    with time_machine.travel(second + timedelta(seconds=50), tick=False):
        call_command("catch_up", verbosity=0)

    assert between is None
    assert told(returned).told_at == second


def test_a_server_that_does_not_answer_in_time_does_not_keep_the_promise(returned, mailed, settings):
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_BACKEND = "office.mail_server.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        send_slip(mailed.pk)

    mail = Mail.objects.get(pk=mailed.mail_id)
    assert mail.status == Mail.Status.PUT_OFF
    assert told(returned).told_at is None


def test_a_worker_that_was_off_for_a_week_draws_mails_and_tells_once(returned, mailbox, at_once):
    returned_at = Slip.objects.get().written_at

    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        now = timezone.now()
        for _ in range(3):
            call_command("catch_up", verbosity=0)

    assert len(mailbox.messages) == 1
    assert told(returned).told_at == now > returned_at + timedelta(days=6)
    assert told_events(returned).count() == 1


def test_the_slip_of_a_form_that_came_back_meanwhile_is_not_mailed(returned, petugas, mailbox, at_once):
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        record_complete(returned, by=petugas)
        call_command("catch_up", verbosity=0)

    assert mailbox.messages == []
    assert Slip.objects.get().is_drawn


def test_handing_over_the_slip_keeps_the_promise(returned, mailed, petugas, client_of):
    page = client_of(petugas).post(
        reverse("recommendations:slip_hand_over", args=[mailed.pk]), {"to": " Sari  Contoh "}, follow=True
    )

    mailed.refresh_from_db()
    returned.refresh_from_db()
    assert "diserahkan kepada Sari Contoh" in page.content.decode()
    assert (mailed.handed_to, mailed.handed_over_by) == ("Sari Contoh", petugas)
    assert told(returned).told_at == mailed.handed_over_at
    assert returned.due_on is None


def test_only_the_first_way_of_telling_counts(returned, mailed, petugas, mailbox):
    hand_over_slip(mailed, to="Sari Contoh", by=petugas)
    first = told(returned).told_at
    hand_over_slip(mailed, to="Budi Contoh", by=petugas)
    send_slip(mailed.pk)
    note_told()
    late = tell_round(mailed, at=timezone.now(), by=None, note="dari worker yang terlambat")

    assert not late
    assert told(returned).told_at == first
    assert Slip.objects.get().handed_to == "Sari Contoh"
    assert told_events(returned).count() == 1


def test_recording_the_next_round_complete_counts_as_telling_the_applicant(returned, petugas):
    record_complete(returned, by=petugas)

    returned.refresh_from_db()
    first, second = returned.rounds.order_by("number")
    assert first.told_at == second.recorded_at
    assert returned.due_on == second.due_on
    assert "sebelum penyerahan" in told_events(returned).get().note


def test_an_answer_on_the_applicants_page_counts_as_telling_the_applicant(returned, correction, server, mailed):
    send_slip(mailed.pk)  # the server refuses it

    send_answers(returned, {correction.pk: Typed("Sudah diperbaiki.", answer_mark(""))})

    returned.refresh_from_db()
    assert told(returned).told_at == told(returned).answered_at
    assert returned.due_on is None
    assert "pemohon menjawab lewat halamannya" in told_events(returned).get().note


def test_a_cancelled_submission_is_not_marked_as_told(returned, mailed, petugas, mailbox):
    deliver(mailed.mail_id)
    cancel(returned, reason="Ditarik pemohon.", by=petugas)

    assert note_told() == 0
    assert told(returned).told_at is None
    assert told(returned).stopped_at
    with pytest.raises(MoveNotAllowed):
        hand_over_slip(mailed, to="Sari Contoh", by=petugas)


def test_a_slip_cannot_be_handed_over_before_it_is_drawn(returned, slip, petugas):
    with pytest.raises(SlipNotDrawn):
        hand_over_slip(slip, to="Sari Contoh", by=petugas)


def test_a_failed_mail_goes_out_again_to_a_corrected_address(returned, mailed, server, petugas, at_once, mailbox):
    with pytest.raises(SlipMailUnderWay):
        mail_slip_again(mailed, to="lain@contoh.example", by=petugas)
    Mail.objects.update(status=Mail.Status.FAILED, error="550")

    new = mail_slip_again(mailed, to="lain@contoh.example", by=petugas)
    Mail.objects.filter(pk=new.pk).update(status=Mail.Status.FAILED)
    again = mail_slip_again(mailed, to="lain@contoh.example", by=petugas)

    mailed.refresh_from_db()
    assert (new.key, new.to) == (f"slip:{mailed.pk}:2", "lain@contoh.example")
    assert mailed.mail == new == again
    assert Mail.objects.count() == 2


def test_note_told_takes_one_query_when_every_round_is_marked(returned, mailed, mailbox, django_assert_num_queries):
    deliver(mailed.mail_id)
    note_told()

    with django_assert_num_queries(1):
        assert note_told() == 0


def test_list_deadline_page_and_submission_say_that_the_applicant_was_not_told(returned, slip, client_of, petugas):
    desk = client_of(petugas)

    for page in (
        desk.get(reverse("recommendations:submission_list"), {"lingkup": "pemohon"}),
        desk.get(reverse("recommendations:deadline", args=[returned.pk])),
        desk.get(reverse("recommendations:submission_detail", args=[returned.pk])),
    ):
        assert "Dikembalikan, belum sampai pada pemohon" in page.content.decode()


def test_a_bounce_opens_the_promise_again_with_the_same_due_date(returned, mailed, mailbox, petugas):
    send_slip(mailed.pk)
    ended = told(returned).told_at

    note_slip_bounce(mailed, reason="5.1.1 alamat tidak dikenal", by=petugas)

    returned.refresh_from_db()
    assert ended
    assert told(returned).told_at is None
    assert returned.due_on == told(returned).due_on
    assert Round.objects.promised().filter(submission=returned).exists()
    assert "5.1.1" in returned.events.get(move=Move.BOUNCE).note
    assert note_told() == 0
    with pytest.raises(MailResultKnown):
        note_slip_bounce(mailed, reason="5.1.1", by=petugas)


def test_after_a_bounce_the_slip_goes_to_another_address(returned, mailed, mailbox, petugas):
    send_slip(mailed.pk)
    note_slip_bounce(mailed, reason="5.1.1 alamat tidak dikenal", by=petugas)

    mail_slip_again(mailed, to="lain@contoh.example", by=petugas)
    send_slip(mailed.pk)

    assert told(returned).told_at == Slip.objects.get().mail.sent_at
    assert len(mailbox.messages) == 2


def test_a_slip_goes_to_a_bounced_address_only_after_the_question(returned, mailed, mailbox, petugas, client_of):
    send_slip(mailed.pk)
    note_slip_bounce(mailed, reason="5.1.1 alamat tidak dikenal", by=petugas)
    desk, address = client_of(petugas), reverse("recommendations:slip_mail", args=[mailed.pk])
    panel = desk.get(reverse("recommendations:submission_detail", args=[returned.pk])).content.decode()
    typed = {"to": returned.applicant.email.upper()}

    asked = desk.post(address, typed)
    before = Mail.objects.count()
    desk.post(address, typed | {"again": "1"})

    words = f"E-mail ke {returned.applicant.email} pernah kembali, dicatat"
    assert words in panel
    assert asked.status_code == 409
    assert words in asked.content.decode()
    assert "5.1.1 alamat tidak dikenal" in asked.content.decode()
    assert before == 1
    assert Slip.objects.get().mail.to == typed["to"]


def test_a_bounce_leaves_the_round_told_when_the_slip_was_handed_over_too(returned, mailed, mailbox, petugas):
    send_slip(mailed.pk)
    handed = hand_over_slip(mailed, to="Sari Contoh", by=petugas)

    note_slip_bounce(mailed, reason="5.1.1", by=petugas)

    returned.refresh_from_db()
    assert told(returned).told_at == handed.handed_over_at
    assert returned.due_on is None


def test_a_bounce_leaves_the_round_told_when_the_applicant_has_answered(returned, correction, mailed, mailbox, petugas):
    send_slip(mailed.pk)
    send_answers(returned, {correction.pk: Typed("Sudah diperbaiki.", answer_mark(""))})
    first = told(returned).told_at

    note_slip_bounce(mailed, reason="5.1.1", by=petugas)

    assert told(returned).told_at == first


def test_a_slip_with_an_unknown_result_waits_for_the_officer(returned, mailed, mail_server_at_will, petugas, client_of):
    mail_server_at_will.behave(after="hangs up")
    send_slip(mailed.pk)
    call_command("catch_up", verbosity=0)
    desk = client_of(petugas)
    page = desk.get(reverse("recommendations:submission_detail", args=[returned.pk])).content.decode()
    before = told(returned).told_at

    after = desk.post(reverse("recommendations:slip_mail_arrived", args=[mailed.pk]), follow=True).content.decode()

    assert "Hasil tidak diketahui" in page
    assert "Anggap sampai" in page
    assert before is None
    assert "dianggap sampai" in after
    assert told(returned).told_at == Slip.objects.get().mail.sent_at
    assert len(mail_server_at_will.taken) == 1
    with pytest.raises(MailResultKnown):
        confirm_slip_arrival(mailed, by=petugas)


def test_a_bounce_is_entered_on_the_panel_with_its_reason(returned, mailed, mailbox, petugas, client_of):
    send_slip(mailed.pk)

    address = reverse("recommendations:slip_mail_bounced", args=[mailed.pk])
    page = client_of(petugas).post(address, {"reason": "5.1.1 alamat tidak dikenal"}, follow=True).content.decode()

    assert "Kembali, tidak sampai" in page
    assert "5.1.1 alamat tidak dikenal" in page
    assert "Kirim lagi" in page
    assert "belum sampai pada pemohon" in page


def test_the_panel_of_the_slip_says_that_the_worker_is_silent(slip, petugas, client_of):
    address = reverse("recommendations:submission_detail", args=[slip.round.submission_id])
    silent = client_of(petugas).get(address).content.decode()

    note_seen(Pulse.Part.WORKER, timezone.now())
    alive = client_of(petugas).get(address).content.decode()

    assert "Pekerja belum pernah memberi tanda, beri tahu admin." in silent
    assert "PDF sedang dibuat" in alive
    assert "Pekerja" not in alive
