"""The office's queue: what a worker has taken, while Redis does not answer."""

import shutil
import signal

import pytest
import redis
from django.conf import settings
from kombu import Connection

from tests.servers import own_redis

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
            queue.put(word)
        taken = queue.get(timeout=5)
        assert not channel.qos.can_consume()

        process.send_signal(signal.SIGSTOP)
        with pytest.raises(redis.TimeoutError):
            taken.ack()
        process.send_signal(signal.SIGCONT)

        assert channel.qos.can_consume() is takes_the_next
        queue.close()
