"""A stand-in for the BSrE Esign Client Service, v1 and v2, on a real port: it answers what a test's script says.

It compares the passphrase and forgets it, logs nothing, and counts the calls. The letters are signed by a throw-away
authority.
"""

import base64
import json
import ssl
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser

from office.refusals import Refused
from recommendations.signing.esign import EsignService, Passphrase, Signed, sign
from tests.signed_files import FILES, signed_pdf
from tests.waiting import PATIENCE

NIK = "6371010101800001"
PASSPHRASE = 'Rahasia "Budi" \\ ünik-7'
USER, PASSWORD = "pst-desk", "kata sandi kantor"
HTML = b"<html><head><title>Galat</title></head><body><h1>Proxy error</h1></body></html>"
ENDLESS = 64 * 1024 * 1024


@dataclass
class Reply:
    """What goes back over the wire. `sent` is how much of the body, when the connection breaks inside it."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    is_chunked: bool = False


def told(status: int = 200, /, **facts: Any) -> Reply:
    return Reply(status, json.dumps(facts).encode())


def refused(words: str, code: int | None = None, status: int = 400) -> Reply:
    return told(status, error=words, **({"status_code": code} if code else {}))


REFUSALS = {
    "not registered": refused("Penandatangan tidak terdaftar", 2011),
    "wrong passphrase": refused("Proses signing gagal : Passphrase anda salah", 2031),
    "wrong passphrase, code in the words": refused("Proses signing gagal : Passphrase anda salah 2031"),
    "wrong passphrase, only a code": refused("Proses signing gagal : kesalahan 2031"),
    "wrong passphrase, no code": refused("Passphrase anda salah"),
    "wrong passphrase, a number as text": told(400, error="Gagal", status_code="2031"),
    "wrong passphrase, told as message": told(400, message="Passphrase anda salah"),
    "wrong passphrase with 200": refused("Proses signing gagal : Passphrase anda salah", 2031, status=200),
    "wrong passphrase with 500": refused("Proses signing gagal : Passphrase anda salah", 2031, status=500),
    "field missing": refused("NIK harus diisi", 4014),
    "error with 200": refused("Berkas\u202e terlalu <b>besar</b>\n untuk budi@contoh.example", status=200),
    "error that quotes": refused(f"rejected value [{PASSPHRASE}] of {NIK}"),
    "long error": refused("kata " * 200),
    "sign-in page": Reply(401, HTML, "text/html"),
    "not found page": Reply(404, HTML, "text/html"),
    "moved": Reply(302, b"", headers={"Location": "/login"}),
    "error page": Reply(500, HTML, "text/html"),
    "gateway timeout": Reply(504, HTML, "text/html"),
    "server error in JSON": told(500, error="Internal Server Error", status=500),
    "page with 200": Reply(200, HTML, "text/html"),
    "nothing with 200": Reply(200),
    "accepted": told(202, message="Sedang diproses"),
    "strange JSON": Reply(200, b'{"a":' * 90_000),
    "list in JSON": Reply(200, b'["id_dokumen"]'),
}  # fmt: skip
"""Answers that have no signed file, the same in both versions."""


class Standin:
    """The service of one test. `script` has the answers of the next sign calls; after them it simply signs."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.script: deque[str] = deque()
        self.status: Reply = told(status="ISSUE", message="Sertifikat aktif")
        self.calls: Counter[str] = Counter()
        self.documents: dict[str, bytes] = {}
        self.download = "gives the file"
        self.paths: list[str] = []
        self.is_over = threading.Event()
        self.url = ""

    @property
    def service(self) -> EsignService:
        return EsignService(self.url, USER, PASSWORD, self.version)

    def reply(self, path: str, authorization: str, content_type: str, body: bytes) -> Reply:
        self.paths.append(path)
        if authorization != "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            return REFUSALS["sign-in page"]
        if path.startswith("/api/sign/download/"):
            return self._downloaded(path.rpartition("/")[2])
        if path == "/api/v2/user/check/status":
            self.calls["status"] += 1
            return self.status if json.loads(body) == {"nik": NIK} else refused("User tidak terdaftar", 2011)
        return self._signed(path, content_type, body)

    def _signed(self, path: str, content_type: str, body: bytes) -> Reply:
        self.calls["sign"] += 1
        answer = self.script.popleft() if self.script else "signed"
        if answer == "silent":
            self.is_over.wait()
        if answer in REFUSALS:
            return REFUSALS[answer]
        if path == "/api/v2/sign/pdf":
            return self._signed_v2(answer, json.loads(body))
        return self._signed_v1(answer, *_fields(content_type, body)) if path == "/api/sign/pdf" else Reply(404)

    def _signed_v1(self, answer: str, fields: dict[str, str], pdf: bytes) -> Reply:
        if fields.pop("passphrase", "") != PASSPHRASE:
            return REFUSALS["wrong passphrase"]
        if fields != {"nik": NIK, "tampilan": "invisible"}:
            return REFUSALS["field missing"]
        if answer == "number only":
            self.documents["dok/1 a"] = signed_pdf(pdf)
            return told(id_dokumen="dok/1 a")
        signed = FILES.get(answer, signed_pdf)(pdf)
        if answer == "hangs up, keeps the file":
            self.documents["dok-7"] = signed
        return FRAMES_V1.get(answer, _file)(signed)

    def _downloaded(self, number: str) -> Reply:
        self.calls["download"] += 1
        pdf = self.documents.pop(number.replace("%2F", "/").replace("%20", " "), b"")
        if not pdf:
            return refused("File tidak ditemukan", 4044)
        return _hung_up(pdf) if self.download == "hangs up" else Reply(200, pdf, "application/pdf")

    def _signed_v2(self, answer: str, order: dict[str, Any]) -> Reply:
        if order.pop("passphrase", "") != PASSPHRASE:
            return REFUSALS["wrong passphrase"]
        files = [FILES.get(answer, signed_pdf)(base64.b64decode(file)) for file in order["file"]]
        if order["nik"] != NIK or order["signatureProperties"] != [{"tampilan": "INVISIBLE"}] * len(files):
            return REFUSALS["field missing"]
        return FRAMES_V2.get(answer, _listed)([base64.b64encode(file).decode() for file in files])


def _fields(content_type: str, body: bytes) -> tuple[dict[str, str], bytes]:
    meta = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": len(body)}
    fields, files = MultiPartParser(meta, BytesIO(body), [MemoryFileUploadHandler()]).parse()
    return fields.dict(), files["file"].read()


def _file(pdf: bytes) -> Reply:
    return Reply(200, pdf, "application/pdf", {"id_dokumen": "dok-7"})


def _hung_up(pdf: bytes) -> Reply:
    return Reply(200, pdf, "application/pdf", {"id_dokumen": "dok-7"}, sent=len(pdf) // 2)


FRAMES_V1: dict[str, Callable[[bytes], Reply]] = {
    "hangs up": _hung_up,
    "hangs up, keeps the file": _hung_up,
    "hangs up at once": lambda _: Reply(sent=-1),
    "header of a proxy": lambda pdf: Reply(200, pdf, "text/html", {"ID-Dokumen": "dok-7"}),
    "chunked": lambda pdf: Reply(200, pdf, "application/pdf", {"ID_DOKUMEN": "dok-7"}, is_chunked=True),
    "blanks before": lambda pdf: Reply(200, b"\r\n" + pdf, "application/pdf"),
    "endless": lambda pdf: Reply(200, pdf + bytes(ENDLESS), "application/pdf"),
}


def _listed(files: list[str], time: object = 1234) -> Reply:
    return told(time=time, file=files)


FRAMES_V2: dict[str, Callable[[list[str]], Reply]] = {
    "time as text": lambda files: _listed(files, "2026-11-29 10:00:00"),
    "line breaks": lambda files: _listed(["\r\n".join(_lines(file)) for file in files]),
    "a file too few": lambda files: _listed(files[1:]),
    "a file too many": lambda files: _listed([*files, files[0]]),
    "one is no file": lambda files: _listed(["", *files[1:]]),
    "one is not base64": lambda files: _listed(["%%%", *files[1:]]),
    "one is null": lambda files: told(time=1, file=[None, *files[1:]]),
    "no list": lambda files: told(time=1, file=files[0]),
    "hangs up": lambda files: Reply(200, _listed(files).body, sent=1000),
    "hangs up at once": lambda _: Reply(sent=-1),
    "endless": lambda files: Reply(200, _listed(files).body + b" " * ENDLESS),
}


def _lines(text: str) -> Iterator[str]:
    yield from (text[start : start + 76] for start in range(0, len(text), 76))


def attempt(
    standin: Standin,
    *pdfs: bytes,
    passphrase: str = PASSPHRASE,
    kept: dict[int, bytes] | None = None,
    timeouts: tuple[float, float] = (PATIENCE, PATIENCE),
) -> list[Signed | Refused]:
    """Let the client sign the letters here, with time-outs that no busy machine reaches. `kept` gets the files."""
    keep = ({} if kept is None else kept).__setitem__
    return sign(standin.service, pdfs, nik=NIK, passphrase=Passphrase(passphrase), keep=keep, timeouts=timeouts)


class _Handler(BaseHTTPRequestHandler):
    standin: Standin

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._send(
            self.standin.reply(
                self.path, self.headers["Authorization"] or "", self.headers.get("Content-Type", ""), body
            )
        )

    do_GET = do_POST  # noqa: N815 - http.server's name

    def _send(self, reply: Reply) -> None:
        self.close_connection = True
        if reply.sent == -1:
            return
        self.send_response(reply.status)
        for name, text in (reply.headers | {"Content-Type": reply.content_type}).items():
            self.send_header(name, text)
        self.send_header(
            *(("Transfer-Encoding", "chunked") if reply.is_chunked else ("Content-Length", str(len(reply.body))))
        )
        self.end_headers()
        body = reply.body[: reply.sent]
        self.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if reply.is_chunked else body)

    def log_message(self, *said: object) -> None:
        """Log nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: the client hangs up on an endless answer."""


@contextmanager
def esign_service(version: str, *script: str, tls: ssl.SSLContext | None = None) -> Iterator[Standin]:
    """Run a stand-in with these answers during the block."""
    standin = Standin(version)
    standin.script.extend(script)
    handler = type("Handler", (_Handler,), {"standin": standin})
    with _Server(("127.0.0.1", 0), handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        standin.url = f"http{'s' if tls else ''}://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield standin
        finally:
            standin.is_over.set()
            server.shutdown()
            thread.join()
