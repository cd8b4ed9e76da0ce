"""A mail server that does what a test tells it: accept, refuse, hang up or say nothing, before or after DATA."""

import asyncio


class MailServer:
    """The handler of an aiosmtpd server. `taken` has every message that it received whole, whatever it answered.

    `senders` has their envelope senders.
    """

    def __init__(self):
        self.taken: list[bytes] = []
        self.senders: list[str] = []
        self.behave()

    def behave(
        self,
        *,
        sender: str = "250 OK",
        recipient: str = "250 OK",
        message: str = "250 OK",
        before: str = "",
        after: str = "",
    ) -> None:
        """Set the answers. `before` and `after` DATA are "" to answer, "hangs up", or "is silent"."""
        self.sender, self.recipient, self.message, self.before, self.after = sender, recipient, message, before, after

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        if self.sender.startswith("250"):
            envelope.mail_from = address
        return self.sender

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        await self._answers(server, self.before)
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope.content)
        self.senders.append(envelope.mail_from)
        await self._answers(server, self.after)
        return self.message

    async def _answers(self, server, how: str) -> None:
        if how == "hangs up":
            server.transport.abort()
        if how == "is silent":
            await asyncio.Event().wait()  # aiosmtpd ends it when the client has gone
