"""Starting a task: nothing that the broker does fails or stops what a person does."""

import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from kombu import Connection

from office import nudges
from office.models import Pulse
from pst_desk import celery_app
from recommendations.examination.actions.examining import write_remark
from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter, Slip
from tests.factories import recorded_submission, verified_submission
from tests.pages import seal_of
from tests.servers import free_port, own_redis
from tests.waiting import wait_until

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server")


@pytest.fixture
def broker_at(monkeypatch) -> Iterator[Callable[[str], None]]:
    """Return `broker_at(url)`, which makes this process send its tasks to the Redis of that URL."""

    def send_there(url: str) -> None:
        monkeypatch.setattr(
            celery_app, "connection_for_write", lambda: Connection(url, transport_options=settings.REDIS_OPTIONS)
        )
        monkeypatch.setattr(celery_app.amqp, "_producer_pool", None)
        monkeypatch.setitem(nudges._broker, "away_until", 0.0)

    yield send_there
    if celery_app.amqp._producer_pool:
        celery_app.amqp._producer_pool.force_close_all()


@pytest.fixture
def refused() -> str:
    """Return the URL of a broker at whose port nothing listens."""
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def silent() -> Iterator[str]:
    """Yield the URL of a broker that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        yield f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"


@pytest.fixture
def broken(request) -> str:
    return request.getfixturevalue(request.param)


def in_time(act: Callable[[], bool]) -> bool:
    """Return what `act` returns. Fail instead of waiting without end."""
    answers = []

    def run() -> None:
        try:
            answers.append(act())
        finally:
            connection.close()

    Thread(target=run, daemon=True).start()
    wait_until(lambda: answers)
    return answers[0]


def test_a_person_waits_three_seconds_at_most_for_the_broker():
    limits = settings.REDIS_OPTIONS

    assert limits["socket_connect_timeout"] + limits["socket_timeout"] <= 3
    assert limits["max_retries"] == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", ["refused", "silent"], indirect=True)
def test_a_broker_that_does_not_answer_is_logged_once_and_left_alone(broker_at, broken, caplog):
    broker_at(broken)

    taken = [in_time(lambda: nudges.start_task(draw_letter, 1)) for _ in range(2)]

    refused = Pulse.objects.get(pk=Pulse.Part.BROKER)
    assert taken == [False, False]
    assert refused.failures == 1
    assert refused.words in {"OperationalError", "TimeoutError"}
    assert [line.getMessage()[:24] for line in caplog.records] == ["The broker took no task."]


@needs_redis
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_freezes_later_is_noticed_on_the_open_connection(broker_at, caplog):
    with own_redis() as (url, server):
        broker_at(url)
        before = in_time(lambda: nudges.start_task(draw_letter, 1))

        server.send_signal(signal.SIGSTOP)
        frozen = in_time(lambda: nudges.start_task(draw_letter, 1))
        server.send_signal(signal.SIGCONT)
        nudges._broker["away_until"] = 0.0  # as after QUIET seconds
        after = in_time(lambda: nudges.start_task(draw_letter, 1))

    assert [before, frozen, after] == [True, False, True]
    assert len(caplog.records) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", ["refused", "silent"], indirect=True)
def test_a_letter_is_issued_as_usual_without_a_broker(broker_at, broken, petugas, kepala, client_of, caplog):
    verified = verified_submission(petugas)
    broker_at(broken)
    head, address = client_of(kepala), reverse("recommendations:letter_issue", args=[verified.pk])
    shown = head.get(address).context["shown"]

    answer = head.post(
        address, {"number": "B-001/63710/HM.310/2026", "identity_number": "V-26.6371.001", "shown": shown}
    )

    assert answer.status_code == 302
    assert Letter.objects.get(submission=verified).pdf == ""
    assert [line.getMessage()[:24] for line in caplog.records] == ["The broker took no task."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", ["refused", "silent"], indirect=True)
def test_a_submission_is_returned_as_usual_without_a_broker(broker_at, broken, petugas, client_of, caplog):
    recorded = recorded_submission(petugas)
    write_remark(recorded, item_id="tujuan_survei", kind="correction", text="Mohon dilengkapi.", by=petugas)
    desk = client_of(petugas)
    shown = {"shown": seal_of(desk.get(reverse("recommendations:examine", args=[recorded.pk])).content.decode())}
    broker_at(broken)

    answer = desk.post(reverse("recommendations:return_submission", args=[recorded.pk]), shown)

    assert answer.status_code == 302
    assert Slip.objects.get(round__submission=recorded).pdf == ""
    assert [line.getMessage()[:24] for line in caplog.records] == ["The broker took no task."]
