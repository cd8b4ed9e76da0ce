"""The office's mail server of a run. What it does to the first try of each mail is set; every later try it takes.

After 550 the desk does not try by itself: a later try is the new mail with the same subject that a person sends.
"""

import email
from collections import Counter

ANSWERS = {"451": "451 4.7.1 Greylisted, try again later", "550": "550 5.7.1 Refused"}


class MailServer:
    """The handler of an aiosmtpd server. `taken` counts the mails that it took, by Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.texts: dict[str, str] = {}
        self.seen: set[str] = set()
        self.first_try = ""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content)
        name = str(message["Message-ID"])
        same = f"{message['To']} {message['Subject']}" if self.first_try == "550" else name
        how = "" if same in self.seen else self.first_try
        self.seen.add(same)
        if how in ANSWERS:
            return ANSWERS[how]
        self.taken[name] += 1
        self.texts[name] = envelope.content.decode(errors="replace")
        if how == "silent":
            import asyncio

            await asyncio.Event().wait()  # aiosmtpd ends it when the client has gone
        if how == "drops":
            server.transport.abort()
        return "250 OK"
