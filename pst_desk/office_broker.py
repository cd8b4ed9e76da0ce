"""The queue of an office: Kombu's Redis transport, changed so that a worker goes on where Kombu would end it.

That is when Redis does not answer, and at a message of another shape: it is removed, because Kombu would give it back
at each start. A Redis key of another type than the queue needs is renamed.
"""

import logging
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import redis
from kombu.transport.virtual.base import QoS as Unacknowledged
from kombu.utils.json import dumps

from office.redaction import without_secrets
from pst_desk.task_messages import NoMessage, queue_message_in

log = logging.getLogger(__name__)

READ, SHOWN = 1000, 60
"""Of bytes that are no message: how many are searched for secrets, and how many characters are logged."""


class QoS(redis.QoS):
    """The messages that a worker has taken and not acknowledged yet."""

    def ack(self, delivery_tag: Any) -> None:
        """Acknowledge a message. When Redis does not answer, raise its error, and count the message as done here.

        Kombu keeps it as taken, so that a worker which takes one message at a time never takes another one. Redis
        delivers the message again after an hour; that does no harm, because a task does what is owed.
        """
        try:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]  # Kombu brings no types
        except self.channel.connection_errors:
            Unacknowledged.ack(self, delivery_tag)  # type: ignore[no-untyped-call]  # Kombu brings no types
            raise

    def restore_by_tag(self, tag: Any, client: Any = None, leftmost: bool = False) -> None:
        """Give a message back that no worker acknowledged. Remove what is no message."""
        try:
            super().restore_by_tag(tag, client=client, leftmost=leftmost)  # type: ignore[no-untyped-call]  # Kombu brings no types
        except (ValueError, TypeError, RecursionError) as problem:
            log.warning("What was taken as %r is no message and was removed: %r", tag, type(problem).__name__)
            self._remove_from_indices(tag).execute()  # type: ignore[no-untyped-call]  # Kombu brings no types


class Channel(redis.Channel):
    """A channel that trusts no message that it reads."""

    QoS = QoS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # Kombu brings no types
        self._set_aside_unless("hash", self.unacked_key)
        self._set_aside_unless("zset", self.unacked_index_key, self.keyprefix_binding_deadlines)
        self._set_aside_unless("string", self.unacked_mutex_key)

    def _new_queue(self, queue: str, *args: Any, **kwargs: Any) -> None:
        """Declare a queue. It can be used after that, whatever had its name before."""
        self._set_aside_unless("list", *(self._q_for_pri(queue, step) for step in self.priority_steps))  # type: ignore[no-untyped-call]  # Kombu brings no types
        super()._new_queue(queue, *args, **kwargs)  # type: ignore[no-untyped-call]  # Kombu brings no types

    def _queue_bind(self, exchange: str, *args: Any) -> None:
        """Enter a queue in the table of its exchange, whatever had the name of the table before."""
        self._set_aside_unless("set", self.keyprefix_queue % exchange, self.keyprefix_binding_permanent % exchange)
        super()._queue_bind(exchange, *args)  # type: ignore[no-untyped-call]  # Kombu brings no types

    def _set_aside_unless(self, kind: str, *keys: str) -> None:
        """Rename each of these Redis keys whose type is not `kind`. A worker would end when it reads such a key."""
        with self.conn_or_acquire() as client:  # not `self.client`, which may be waiting for the next message
            for key in (f"{self.global_keyprefix}{key}" for key in keys):
                found = client.type(key).decode()
                if found not in (kind, "none"):
                    aside = f"{key}.{found}.{uuid4()}"
                    client.rename(key, aside)
                    log.error("Redis's key %r is a %s, not a %s. It was renamed %r.", key, found, kind, aside)

    def get_table(self, exchange: str) -> list[tuple[str, ...]]:
        """Return the queues of an exchange, as (routing key, pattern, queue). Leave out what is no such row."""
        rows: list[tuple[str, ...]] = super().get_table(exchange)  # type: ignore[no-untyped-call]  # Kombu brings no types
        return [row for row in rows if len(row) == len(("routing key", "pattern", "queue"))]

    def _create_client(self, asynchronous: bool = False) -> Any:
        """Return a client that takes only messages out of a queue."""
        client = super()._create_client(asynchronous=asynchronous)  # type: ignore[no-untyped-call]  # Kombu brings no types
        client.set_response_callback("BRPOP", _taken)
        client.set_response_callback("RPOP", lambda item: _taken((b"", item)) and item)
        return client

    def _deliver_fanout_message(self, message: Any, exchange: str) -> Any:
        """Deliver a command of remote control. Raise Empty for what is none."""
        if not _taken((exchange.encode(), _written(message))):
            raise Empty
        return super()._deliver_fanout_message(message, exchange)  # type: ignore[no-untyped-call]  # Kombu brings no types

    def _receive_one(self, client: Any) -> Any:
        """Deliver the next command of remote control. Raise Empty for one that is nested too deep to be read."""
        try:
            return super()._receive_one(client)  # type: ignore[no-untyped-call]  # Kombu brings no types
        except RecursionError:
            raise Empty from None

    def _do_restore_message(self, payload: Any, *where: Any, **options: Any) -> None:
        """Put a message back into its queue, unless it is none."""
        if _taken((b"unacked", _written(payload))):
            super()._do_restore_message(payload, *where, **options)  # type: ignore[no-untyped-call]  # Kombu brings no types


class Transport(redis.Transport):
    Channel = Channel


def _taken(reply: Any, **options: object) -> Any:
    """Return what Redis took out of a queue: the queue and the message. Return None when it is no message."""
    if not reply or reply[1] is None:
        return None
    queue, item = reply
    try:
        queue_message_in(item)
    except NoMessage as problem:
        words = "%d bytes in the queue %r are no message and were removed: %s They begin with %r."
        log.warning(words, len(item), queue.decode(errors="replace"), problem, _beginning(item))
        return None
    return queue, item


def _written(message: Any) -> bytes:
    """Return the message as Kombu writes it into a queue."""
    text: str = dumps(message)  # type: ignore[no-untyped-call]  # Kombu brings no types
    return text.encode()


def _beginning(item: bytes) -> str:
    """Return the first characters, for the log. Secrets are removed before the cut, so that no half of one is left."""
    return without_secrets(item[:READ].decode(errors="backslashreplace"))[:SHOWN]
