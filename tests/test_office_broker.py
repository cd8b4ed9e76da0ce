"""The office's queue: what a worker has taken, while Redis does not answer, and what it never takes."""

import json
import os
import shutil
import signal
import subprocess
import sys
from queue import Empty
from types import SimpleNamespace

import pytest
import redis
from django.conf import settings
from kombu import Connection

from tests.mail_servers import self_signed
from tests.servers import free_port, own_redis
from tests.waiting import PATIENCE
from tests.wrong_messages import WRONG, task_message

OURS, KOMBU = "pst_desk.office_broker:Transport", "redis"


@pytest.fixture
def server():
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server")
    with own_redis() as running:
        yield running


@pytest.mark.parametrize(("transport", "takes_the_next"), [(OURS, True), (KOMBU, False)])
def test_a_message_that_redis_does_not_let_go_does_not_block_the_next_one(server, transport, takes_the_next):
    url, process = server
    with Connection(url, transport=transport, transport_options=settings.REDIS_OPTIONS) as broker:
        channel = broker.channel()
        channel.basic_qos(0, 1, False)  # one message at a time, as the worker takes them
        queue = broker.SimpleQueue("tests", channel=channel)
        for word in ("first", "second"):
            queue.put({"word": word})
        taken = queue.get(timeout=PATIENCE)
        assert not channel.qos.can_consume()

        process.send_signal(signal.SIGSTOP)
        with pytest.raises(redis.TimeoutError):
            taken.ack()
        process.send_signal(signal.SIGCONT)

        assert channel.qos.can_consume() is takes_the_next
        queue.close()


@pytest.fixture
def channel(server):
    options = settings.REDIS_OPTIONS | {"global_keyprefix": "tests:"}
    with Connection(server[0], transport=OURS, transport_options=options) as broker:
        yield broker.channel()


@pytest.fixture
def client(server):
    with redis.Redis.from_url(server[0]) as direct:
        yield direct


@pytest.fixture
def take(channel):
    """Return `take`, which returns the words of the message that the queue `desk` delivers next."""
    taken = []
    channel.queue_declare("desk")
    channel.basic_consume("desk", no_ack=False, callback=taken.append, consumer_tag="desk")

    def take() -> str:
        while not taken:
            channel.connection.client.drain_events(timeout=PATIENCE)
        return taken.pop().headers["words"]

    return take


def test_each_message_of_a_wrong_shape_is_removed_and_logged_once(take, client, caplog):
    for kind, content in WRONG.items():
        client.lpush("tests:desk", content, task_message(headers={"words": kind}))

    taken = [take() for _ in WRONG]

    assert taken == list(WRONG)
    assert client.llen("tests:desk") == 0
    assert client.hlen("tests:unacked") == 1  # the last good one
    assert len([line for line in caplog.records if "are no message and were removed" in line.getMessage()]) == len(
        WRONG
    )


def test_the_log_has_the_size_and_the_beginning_of_what_was_removed_without_secrets(take, client, caplog):
    words = b"a\n\x1b[31m /s/geheim" + b"1" * 50 + b" budi@contoh.example " + b"x" * 5000
    client.lpush("tests:desk", words, task_message(headers={"words": "next"}))

    take()

    [line] = [record.getMessage() for record in caplog.records if "no message" in record.getMessage()]
    assert line.startswith(f"{len(words)} bytes in the queue 'tests:desk'")
    assert line.isprintable()
    assert "geheim" not in line
    assert "budi" not in line
    assert len(line) < 250


def test_a_message_that_is_asked_for_without_waiting_is_checked_too(channel, client):
    client.lpush("tests:desk", b"[1,2]", task_message(headers={"words": "next"}))

    with pytest.raises(Empty):
        channel._get("desk")

    assert channel._get("desk")["headers"]["words"] == "next"


@pytest.fixture
def give_back(channel, client):
    """Return `give_back`, which takes a content as taken long ago and gives back what is a message."""

    def give_back(content: bytes) -> None:
        channel.queue_declare("desk")
        client.hset("tests:unacked", "old", content)
        client.zadd("tests:unacked_index", {"old": 1})
        channel.qos.restore_visible()

    return give_back


def test_a_message_that_was_taken_long_ago_is_given_back(give_back, client):
    give_back(json.dumps([json.loads(task_message()), "", "desk"]).encode())

    assert client.llen("tests:desk") == 1
    assert client.exists("tests:unacked", "tests:unacked_index") == 0


@pytest.mark.parametrize(
    "content",
    [
        b"garbage",
        b"[1,2]",
        b"null",
        b'"abc"',
        b"[" * 100_000,
        b'[5,"","desk"]',
        b'[{},"","desk"]',
        json.dumps([json.loads(task_message([1, 2, 3])), "", "desk"]).encode(),
    ],
)
def test_what_was_taken_and_is_no_message_is_not_given_back(give_back, client, caplog, content):
    give_back(content)

    assert client.exists("tests:unacked", "tests:unacked_index", "tests:desk") == 0
    assert len([line for line in caplog.records if "removed" in line.getMessage()]) == 1


def test_a_command_that_is_nested_too_deep_is_not_delivered(channel, monkeypatch):
    told = {"type": "message", "channel": "/0.celery.pidbox", "data": b"[" * 100_000}
    monkeypatch.setattr(channel, "_handle_message", lambda client, reply: told)
    silent = SimpleNamespace(parse_response=list)

    with pytest.raises(Empty):
        channel._receive_one(silent)


@pytest.mark.parametrize("told", [[1], {}, {"properties": {}}, None])
def test_a_command_of_a_wrong_shape_is_not_delivered(channel, told):
    with pytest.raises(Empty):
        channel._deliver_fanout_message(told, "pidbox")


WRONG_KEYS = ["desk", "desk\x06\x163", "unacked", "unacked_index", "unacked_mutex", "_kombu.binding.desk"]


@pytest.mark.parametrize("key", WRONG_KEYS)
def test_a_key_of_another_type_is_set_aside_and_the_queue_works(server, client, caplog, key):
    wrong, write = ("hash", client.hset) if key != "unacked" else ("set", client.sadd)
    write(key, "kept", *["as it was"] if wrong == "hash" else [])

    with Connection(server[0], transport=OURS, transport_options=settings.REDIS_OPTIONS) as broker:
        queue = broker.SimpleQueue("desk")
        queue.put({"word": "next"})
        taken = queue.get(timeout=PATIENCE)
        taken.ack()
        queue.close()

    assert taken.payload == {"word": "next"}
    [aside] = client.keys(f"{key}.{wrong}.*")
    assert client.type(aside).decode() == wrong
    assert len([line for line in caplog.records if "was renamed" in line.getMessage()]) == 1


def test_a_queue_is_declared_while_a_message_of_another_is_awaited(take, channel):
    channel.client.connection = channel.client.connection_pool.get_connection()  # as Kombu's loop does
    channel._brpop_start(timeout=1)  # the reply to it is read later

    channel.queue_declare("other")

    with pytest.raises(Empty):
        channel._brpop_read()


@pytest.mark.parametrize("row", ["", "nothing", "one\x06\x16two", "a\x06\x16b\x06\x16c\x06\x16d"])
def test_a_row_that_no_queue_wrote_is_left_out_of_the_table_of_an_exchange(channel, client, row):
    channel.exchange_declare("desk", "direct")
    channel.queue_declare("desk")
    channel.queue_bind("desk", "desk", "desk")
    client.sadd("tests:_kombu.binding.desk", row)

    assert channel.get_table("desk") == [("desk", "", "desk")]


@pytest.fixture
def encrypted(tmp_path):
    """Yield the URL of a Redis that speaks TLS, a client of it, and the file of its certificate."""
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server")
    certificate, port = tmp_path / "localhost.pem", free_port()
    certificate.write_bytes(self_signed())
    tls = ["--tls-port", str(port), "--tls-cert-file", certificate, "--tls-key-file", certificate]
    with own_redis(None, *tls, "--tls-auth-clients", "no") as (plain, _), redis.Redis.from_url(plain) as direct:
        yield f"rediss://localhost:{port}/0", direct, certificate


TAKE_ONE = """
from pst_desk.celery import app
with app.connection_for_read() as broker, broker.channel() as channel:
    print(channel._get("desk")["headers"]["words"])
"""


def take_as_the_desk_does(url: str) -> subprocess.CompletedProcess:
    """Take the next message of the queue `desk` with the settings of the desk."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "pst_desk.settings", "CELERY_BROKER_URL": url}
    return subprocess.run(
        [sys.executable, "-c", TAKE_ONE],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_messages_that_come_over_tls_are_checked_too(encrypted):
    url, client, certificate = encrypted
    client.lpush("desk", b"[1,2]", task_message(headers={"words": "next"}))

    wrong, right = (take_as_the_desk_does(f"{url}?ssl_ca_certs={certificate}") for _ in range(2))

    assert "are no message and were removed" in wrong.stderr
    assert (right.stdout, right.stderr) == ("next\n", "")


def test_a_redis_whose_certificate_is_not_trusted_gets_and_gives_nothing(encrypted):
    url, client, _ = encrypted
    client.lpush("desk", task_message(headers={"words": "next"}))

    refused = take_as_the_desk_does(url)

    assert "CERTIFICATE_VERIFY_FAILED" in refused.stderr
    assert client.llen("desk") == 1
