"""Mail servers that do what a test tells them: accept, refuse, hang up, say nothing, or say what is no SMTP."""

import asyncio
import contextlib
import socket
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

FRIENDLY = {
    "greeting": b"220 contoh.example",
    "EHLO": b"250 contoh.example",
    "MAIL": b"250 OK",
    "RCPT": b"250 OK",
    "DATA": b"354 Go on",
    "end": b"250 OK",
    "QUIT": b"221 Bye",
}
SAYS_NOTHING = b""


class MailServer:
    """The handler of an aiosmtpd server. `taken` has every message that it received whole, also those that it refused.

    `senders` has their envelope senders.
    """

    def __init__(self):
        self.taken: list[bytes] = []
        self.senders: list[str] = []
        self.fell_silent = threading.Event()
        self.behave()

    def behave(
        self,
        *,
        sender: str = "250 OK",
        recipient: str = "250 OK",
        message: str = "250 OK",
        first: str = "",
        before: str = "",
        after: str = "",
    ) -> None:
        """Set the answers. At the sender and around DATA it may be "hangs up" or "is silent"."""
        self.sender, self.recipient, self.message = sender, recipient, message
        self.first, self.before, self.after = first, before, after

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        await self._answers(server, self.first)
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
            self.fell_silent.set()
            await asyncio.Event().wait()  # aiosmtpd ends it when the client has gone


@contextlib.contextmanager
def dripping_server(lines: int = 20) -> Iterator[tuple[int, list[bytes], list[bytes]]]:
    """Yield the port of a server whose greeting comes line by line, the lines so far, and what it hears after them."""
    said: list[bytes] = []
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        speaker = threading.Thread(target=_drip, args=(server, lines, said, heard), daemon=True)
        speaker.start()
        yield server.getsockname()[1], said, heard
        speaker.join()


def _drip(server: socket.socket, lines: int, said: list[bytes], heard: list[bytes]) -> None:
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):  # the client has hung up
        for _ in range(lines):
            said.append(b"220-please wait\r\n")
            connection.sendall(said[-1])
        connection.sendall(b"220 ready\r\n")
        if first := connection.recv(1000):
            heard.append(first)


class ScriptedServer(socketserver.ThreadingTCPServer):
    """A mail server that says what is in `says` at each step, word for word. `heard` has the commands that came."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.says, self.heard = dict(FRIENDLY), []
        self.fell_silent = threading.Event()
        self.is_encrypted = False

    def handle_error(self, request, client_address) -> None:
        """Say nothing about a client that hung up."""


class _Session(socketserver.StreamRequestHandler):
    def setup(self) -> None:
        super().setup()
        if self.server.is_encrypted:
            self.encrypt()

    def handle(self) -> None:
        self.say("greeting")
        for line in self.rfile:
            self.hear(line.split()[0].decode().upper())

    def hear(self, word: str) -> None:
        self.server.heard.append(word)
        self.say(word)
        if word == "STARTTLS":
            self.encrypt()
        if word == "DATA" and self.server.says["DATA"].startswith(b"354"):
            while self.rfile.readline() not in (b".\r\n", b""):
                pass
            self.say("end")

    def say(self, step: str) -> None:
        if words := self.server.says.get(step, b"502 What?"):
            self.wfile.write(words + b"\r\n")
        else:
            self.server.fell_silent.set()

    def encrypt(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile() as untrusted:  # it has signed itself
            untrusted.write(self_signed())
            untrusted.flush()
            context.load_cert_chain(untrusted.name)
        self.request = context.wrap_socket(self.request, server_side=True)
        super().setup()


@cache
def self_signed() -> bytes:
    """Return a certificate of localhost that has signed itself, with its key, as PEM."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "contoh")]),
    )
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=3650))
    for part in (
        x509.SubjectAlternativeName([x509.DNSName("localhost")]),
        x509.BasicConstraints(ca=True, path_length=0),
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
    ):
        made = made.add_extension(part, critical=isinstance(part, x509.BasicConstraints))
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form) + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@contextlib.contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """Yield a friendly server that runs, for a test to change what it says."""
    with ScriptedServer() as server:
        runner = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        runner.start()
        yield server
        server.shutdown()
        runner.join()
