"""Only what a worker can take comes out of a queue."""

import json

import pytest
from kombu import Connection

from pst_desk import celery_app
from pst_desk.task_messages import NoMessage, queue_message_in
from tests.wrong_messages import WRONG, task_message


@pytest.mark.parametrize("kind", WRONG)
def test_a_message_of_a_wrong_shape_is_refused(kind):
    with pytest.raises(NoMessage):
        queue_message_in(WRONG[kind])


@pytest.fixture
def written(monkeypatch) -> list[bytes]:
    """Return the list to which each message goes that is sent."""
    sent: list[bytes] = []
    monkeypatch.setattr(
        "pst_desk.embedded_broker.Channel._put",
        lambda channel, queue, message, **options: sent.append(json.dumps(message).encode()),
    )
    monkeypatch.setattr(
        "pst_desk.embedded_broker.Channel._put_fanout",
        lambda channel, exchange, message, routing_key, **options: sent.append(json.dumps(message).encode()),
    )
    return sent


@pytest.fixture
def broker(tmp_path):
    options = {"data_folder_in": str(tmp_path), "control_folder": str(tmp_path / "control")}
    with Connection("filesystem://", transport="pst_desk.embedded_broker:Transport", transport_options=options) as own:
        yield own


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"countdown": 60},
        {"expires": 60},
        {"retries": 3},
        {"time_limit": 5, "soft_time_limit": 3},
        {"priority": 5},
        {"kwargs": {"a": None}},
    ],
)
def test_a_task_that_celery_sends_is_a_message(how, written, broker):
    celery_app.send_task("pst_desk.run_command", args=["catch_up", "--x"], connection=broker, **how)

    assert queue_message_in(written[0])["headers"]["task"] == "pst_desk.run_command"


def test_a_message_that_is_given_back_stays_one():
    message = json.loads(task_message())
    message["headers"]["redelivered"] = message["properties"]["delivery_info"]["redelivered"] = True

    assert queue_message_in(json.dumps(message).encode()) == message


def test_a_command_of_remote_control_is_a_message(written, broker):
    celery_app.control.broadcast("ping", connection=broker)

    assert queue_message_in(written[0])["headers"].keys() == {"clock", "expires"}
