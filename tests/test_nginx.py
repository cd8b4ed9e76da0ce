"""deploy/nginx in a real nginx: its file is loaded, its log has no key of a visitor, its pages have our words.

What its text alone shows is tested on machines without nginx too.
"""

import http.client
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
from django.urls import reverse

from deploy.nginx_pages import FOR, nginx_page
from office.error_words import (
    COUNTER,
    KIOSK_COMPLAINT,
    SAVED_UNKNOWN,
    TOO_MUCH,
    WORDS,
)
from office.middleware import LARGEST_BODY
from office.screens import PUBLIC, Screen, public_screen
from recommendations.signing.esign import LONGEST_REQUEST
from tests.servers import free_port
from tests.waiting import PATIENCE, wait_until

CONF = Path(settings.BASE_DIR) / "deploy" / "nginx" / "pst-desk.conf"
PROGRAM = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PAGES = CONF.parent / "pages"
ON_THE_SERVER = "/opt/pst-desk/deploy/nginx/pages/"
KEY = "Kx9-unguessable_7"
AWAY = {
    "kiosk": [WORDS[Screen.KIOSK][503].title, "Nomor antrian mungkin belum tercatat.", COUNTER],
    "kiosk_complaint": [KIOSK_COMPLAINT[503].title, *KIOSK_COMPLAINT[503].texts],
    "tablet": [WORDS[Screen.TABLET][503].title, "Penilaian Anda mungkin belum terkirim."],
    "board": [WORDS[Screen.BOARD][503].title, *WORDS[Screen.BOARD][503].texts],
    "telephone": [WORDS[Screen.TELEPHONE][503].title, *WORDS[Screen.TELEPHONE][500].texts],
    "desk": ["Server sedang tidak dapat dihubungi", *WORDS[Screen.DESK][503].texts],
}
"""What each screen shows while the desk does not answer. A request may have reached it, so it says "mungkin"."""
REFUSED = {
    "too_large": [WORDS[Screen.TELEPHONE][413].title, TOO_MUCH],
    "unreadable": [WORDS[Screen.TELEPHONE][400].title, WORDS[Screen.TELEPHONE][400].texts[0]],
}
RETURNS_TO = {"kiosk": "/kios/", "kiosk_complaint": "/kios/", "tablet": "/nilai/", "board": "/papan/"}


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
    ours = ours.replace(ON_THE_SERVER, f"{PAGES}/")
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


def shown(front: str, path: str, **headers: str) -> tuple[int, str]:
    """Return status and page of a POST, without sending the body that its headers announce."""
    connection = http.client.HTTPConnection(front.removeprefix("http://"), timeout=PATIENCE)
    try:
        connection.request("POST", path, headers={name.replace("_", "-"): words for name, words in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def screens_of_conf() -> list[tuple[str, str]]:
    """Return the patterns of nginx's map of addresses, in its order, each with its screen."""
    found = re.search(r"map \$uri \$screen \{(.*?)\n\}", CONF.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found
    return re.findall(r'"~(\S+)" (\S+);', found[1])


def nginx_screen(path: str, *, has_device: bool) -> str:
    rating = "tablet" if has_device else "telephone"
    named = next((screen for pattern, screen in screens_of_conf() if re.search(pattern, path)), "desk")
    return {"$rating_screen": rating, "kiosk_complaint": "kiosk"}.get(named, named)


@pytest.mark.parametrize("has_device", [True, False])
@pytest.mark.parametrize("start", [*(start for start, _ in PUBLIC), "/standar-pelayanan/ubah/", "/nilai/keadaan/", "/"])
def test_nginx_and_the_desk_agree_on_the_screen_of_an_address(start, has_device):
    for path in (start, f"{start}abc/", f"{start}pengaduan/"):
        ours = public_screen(path, has_device=has_device) or Screen.DESK

        assert nginx_screen(path, has_device=has_device) == ours.value, path


def test_a_complaint_at_the_kiosk_has_a_page_of_its_own():
    path = reverse("complaints:kiosk_complain")

    named = next(screen for pattern, screen in screens_of_conf() if re.search(pattern, path))

    assert named == "kiosk_complaint"


def test_every_page_of_nginx_is_used_and_has_its_words():
    assert {path.stem for path in PAGES.iterdir()} == {*AWAY, *REFUSED}
    used = {screen for _, screen in screens_of_conf()} - {"$rating_screen"}
    assert used == set(AWAY)


@pytest.mark.parametrize(("name", "words"), [*AWAY.items(), *REFUSED.items()])
def test_a_page_of_nginx_speaks_as_the_desk_and_needs_nothing_else(name, words):
    page = (PAGES / f"{name}.html").read_text(encoding="utf-8")

    assert '<html lang="id">' in page
    assert all(sentence in page for sentence in words)
    links = set(re.findall(r'(?:href|src|action)="([^"]*)"|url=([^"]*)"', page))
    assert {one or other for one, other in links} == ({RETURNS_TO[name]} if name in RETURNS_TO else set())
    assert ("http-equiv" in page) == (name in RETURNS_TO)
    assert "<script" not in page
    assert (SAVED_UNKNOWN in page) == (name in ("telephone", "desk"))


def test_the_pages_of_nginx_are_what_their_template_writes():
    written = {path.stem: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}

    assert written == {name: nginx_page(name) for name in FOR}, "python -m deploy.nginx_pages"


def test_nginx_waits_for_the_longest_signing():
    conf = CONF.read_text(encoding="utf-8")
    signing = conf.split(f"location = {reverse('recommendations:sign_letters')} {{")[1].split("}")[0]

    seconds = int(re.findall(r"proxy_read_timeout (\d+)s;", signing)[0])

    assert "proxy_pass http://pst-desk;" in signing
    assert seconds > LONGEST_REQUEST.total_seconds()


def test_what_nginx_itself_answers_has_a_page_of_ours():
    conf = CONF.read_text(encoding="utf-8")
    answered = {code for codes in re.findall(r"error_page ([\d ]+?) (?:=400 )?/", conf) for code in codes.split()}

    assert {"400", "413", "414", "500", "502", "503", "504"} <= answered
    assert f"alias {ON_THE_SERVER};" in conf


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/kios/layanan/R/", "kiosk"),
        ("/kios/pengaduan/", "kiosk_complaint"),
        ("/papan/", "board"),
        ("/nilai/", "tablet"),
        (f"/lacak/{KEY}/kirim/", "telephone"),
        ("/loket/1/", "desk"),
    ],
)
def test_a_visitor_reads_our_words_while_the_desk_does_not_answer(path, name, front):
    status, page = shown(front, path)

    assert status == 502
    assert all(sentence in page for sentence in AWAY[name])


def test_a_visitor_reads_our_words_when_nginx_refuses_a_size(front, tmp_path):
    status, page = shown(front, f"/lacak/{KEY}/berkas/", Content_Length=str(LARGEST_BODY * 2))

    assert status == 413
    assert TOO_MUCH in page
    log = tmp_path / "pst-desk.access.log"
    wait_until(lambda: log.exists() and "413" in log.read_text(encoding="utf-8"))
    assert 'POST "/lacak/***" 413' in log.read_text(encoding="utf-8")


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
