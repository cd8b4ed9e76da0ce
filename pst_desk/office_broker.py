"""The queue of an office: Kombu's Redis transport, whose worker goes on after Redis did not answer."""

from typing import Any

from kombu.transport import redis
from kombu.transport.virtual.base import QoS as Unacknowledged


class QoS(redis.QoS):
    """The messages that a worker has taken and not acknowledged yet."""

    def ack(self, delivery_tag: Any) -> None:
        """Acknowledge a message. When Redis does not answer, raise its error, and count the message as done here.

        Kombu keeps it as taken, so that a worker which takes one message at a time never takes another one. Redis
        delivers the message again after an hour; that does no harm, because a task does what is owed.
        """
        try:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]
        except self.channel.connection_errors:
            Unacknowledged.ack(self, delivery_tag)  # type: ignore[no-untyped-call]
            raise


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel
