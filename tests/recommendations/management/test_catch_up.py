"""`catch_up` starts the task of every owed row: oldest first, and once while it is under way."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from office import nudges
from office.models import Mail
from office.owed_tasks import ASKED_FOR
from office.tasks import send_owed_mails
from recommendations.attachments.tasks import draw_attachment
from recommendations.letter.tasks import draw_letter
from recommendations.models import Attachment, Letter, Slip
from recommendations.models.drawing_tries import STUCK_AFTER, STUCK_RESTS
from recommendations.slip.tasks import draw_slip
from tests.factories import issued_submission, ready_submission, returned_submission

pytestmark = pytest.mark.django_db


class Broker:
    """Takes tasks and keeps them, as a queue without a worker does. While `is_away`, it refuses every task."""

    def __init__(self):
        self.taken: list[tuple[str, int]] = []
        self.pages: list[int] = []
        self.is_away = False

    def take(self, name: str):
        def apply_async(ids, **options):
            if self.is_away:
                raise OSError("no broker")
            if name == "draw_attachment":
                self.pages += ids
            else:
                self.taken.append((name, *ids))

        return apply_async


@pytest.fixture
def broker(monkeypatch) -> Broker:
    from office.tasks import send_mail
    from recommendations.letter.tasks import send_dispatch

    broker = Broker()
    for task in (draw_letter, draw_slip, send_dispatch, send_mail, draw_attachment):
        monkeypatch.setattr(task, "apply_async", broker.take(task.name.rpartition(".")[2]))
    monkeypatch.setitem(nudges._broker, "away_until", 0.0)
    return broker


@pytest.fixture
def letter(petugas, kepala) -> Letter:
    return issued_submission(petugas, kepala).letter


def catch_up(*options: str) -> None:
    call_command("catch_up", *options, verbosity=0)


def test_a_hundred_turns_ask_for_each_paper_once_until_some_minutes_have_passed(letter, petugas, broker, time_machine):
    slip = Slip.objects.get(round__submission=returned_submission(petugas))
    begun = timezone.now()

    for turn in range(100):
        time_machine.move_to(begun + timedelta(milliseconds=turn), tick=False)
        catch_up()
    of_one_moment = list(broker.taken)
    time_machine.move_to(begun + ASKED_FOR + timedelta(seconds=2), tick=False)
    catch_up()

    assert of_one_moment == [("draw_letter", letter.pk), ("draw_slip", slip.pk)]
    assert broker.taken == of_one_moment * 2


def test_what_is_owed_longest_is_asked_for_first_whatever_it_is(letter, petugas, broker):
    slip = Slip.objects.get(round__submission=returned_submission(petugas))
    now = timezone.now()
    Letter.objects.update(issued_at=now - timedelta(hours=2))
    Slip.objects.update(written_at=now - timedelta(hours=3))
    mail = Mail.objects.create(key="contoh", to="a@contoh.example", wanted_at=now - timedelta(hours=4))

    catch_up()

    assert broker.taken == [("send_mail", mail.pk), ("draw_slip", slip.pk), ("draw_letter", letter.pk)]


def test_a_worker_that_starts_asks_again_for_what_the_dead_one_had(letter, broker, time_machine):
    catch_up()
    time_machine.move_to(timezone.now() + timedelta(seconds=5))
    start = timezone.now().isoformat()

    for _ in range(3):
        catch_up("--not-asked-since", start)

    assert broker.taken == [("draw_letter", letter.pk)] * 2


def test_what_was_asked_for_while_the_clock_was_set_forward_is_asked_for_again(letter, broker):
    Letter.objects.update(asked_at=timezone.now() + timedelta(days=1))

    for _ in range(3):
        catch_up()

    assert broker.taken == [("draw_letter", letter.pk)]


def test_a_stuck_paper_tried_while_the_clock_was_set_forward_is_asked_for(letter, broker):
    Letter.objects.update(tries=STUCK_AFTER, tried_at=timezone.now() + timedelta(days=1), problem="contoh")

    catch_up()

    assert broker.taken == [("draw_letter", letter.pk)]


def test_what_a_broker_did_not_take_is_asked_for_at_the_next_turn(letter, broker, monkeypatch):
    broker.is_away = True
    catch_up()
    broker.is_away = False
    monkeypatch.setitem(nudges._broker, "away_until", 0.0)

    catch_up()

    assert broker.taken == [("draw_letter", letter.pk)]


def test_a_stuck_paper_is_asked_for_once_an_hour_even_by_workers_that_start(letter, broker, time_machine):
    Letter.objects.update(tries=STUCK_AFTER, tried_at=timezone.now(), problem="contoh")
    soon = timezone.now() + timedelta(minutes=30)

    time_machine.move_to(soon, tick=False)
    catch_up()
    catch_up("--not-asked-since", timezone.now().isoformat())
    within_the_hour = list(broker.taken)
    time_machine.move_to(soon + STUCK_RESTS, tick=False)
    catch_up()

    assert within_the_hour == []
    assert broker.taken == [("draw_letter", letter.pk)]


def test_the_number_of_statements_does_not_grow_with_what_is_owed(petugas, broker, django_assert_max_num_queries):
    for number in range(3):
        returned_submission(petugas)
        Mail.objects.create(key=f"contoh:{number}", to="a@contoh.example")

    with django_assert_max_num_queries(23):
        catch_up()

    assert len(broker.taken) == 6


def test_every_beat_expires_and_that_of_catch_up_before_the_next(settings):
    beats = settings.CELERY_BEAT_SCHEDULE

    expiries = {name: entry["options"]["expires"] for name, entry in beats.items()}

    assert all(seconds > 0 for seconds in expiries.values())
    assert expiries["catch-up"] < beats["catch-up"]["schedule"]


def test_mails_and_pages_are_asked_for_once_too(petugas, broker):
    ready_submission(petugas)
    mail = Mail.objects.create(key="contoh", to="a@contoh.example")

    catch_up()
    catch_up()
    send_owed_mails()

    assert broker.taken == [("send_mail", mail.pk)]
    assert sorted(broker.pages) == sorted(Attachment.objects.values_list("pk", flat=True))
    assert broker.pages
