"""deploy/nginx/pst-desk.conf in a real nginx: it is loaded, and its log has no key of a visitor's page."""

import os
import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port
from tests.waiting import PATIENCE, wait_until

CONF = Path(settings.BASE_DIR) / "deploy" / "nginx" / "pst-desk.conf"
PROGRAM = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
KEY = "Kx9-unguessable_7"


@pytest.fixture
def front(tmp_path) -> Iterator[str]:
    """Start nginx with our file, without HTTPS and on a free port. Return its address. No desk is behind it."""
    if PROGRAM is None:
        pytest.skip("no nginx (apt-get install nginx-light)")
    port = free_port()
    ours = CONF.read_text(encoding="utf-8")
    ours = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", ours, count=1, flags=re.DOTALL)
    ours = re.sub(r"listen (\S+443) ssl http2;", "", ours).replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    ours = re.sub(r"ssl_certificate\S* \S+;", "", ours).replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "pst-desk.conf").write_text(ours, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/start.log;"
        f"events {{}} http {{ {temporary} include {tmp_path}/pst-desk.conf; }}",
        encoding="utf-8",
    )
    command = [PROGRAM, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "start.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True, timeout=PATIENCE)
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_until(lambda: listens(port))
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=PATIENCE)


def listens(port: int) -> bool:
    """Return whether a connection is accepted. The pid file would not say so: `nginx -t` makes it too."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except OSError:
        return False
    return True


def asked(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return answer.status
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


def test_nginx_loads_our_file_and_logs_a_page_without_its_key(front, tmp_path):
    places = [
        f"/lacak/{KEY}/kirim/",
        f"/s/{KEY}/?x={KEY}",
        f"/kios/tiket/{KEY}/",
        f"/kalender/tenggat/{KEY}.ics",
        "/loket/1/",
    ]

    assert {asked(front + place) for place in places} == {502}
    log = tmp_path / "pst-desk.access.log"
    wait_until(lambda: log.read_text(encoding="utf-8").count("\n") == len(places))

    lines = log.read_text(encoding="utf-8")
    assert '"/lacak/***" 502' in lines
    assert '"/loket/1/" 502' in lines
    assert KEY not in lines + (tmp_path / "pst-desk.error.log").read_text(encoding="utf-8")
    assert "127.0.0.1" not in lines
