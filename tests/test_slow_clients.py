"""Clients that send or read very slowly do not hold the web server."""

import os
import select
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from contextlib import ExitStack, closing, contextmanager, suppress
from types import SimpleNamespace

import pytest

from deploy import web_server
from tests.procfile import ROOT, command
from tests.servers import free_port
from tests.waiting import PATIENCE, wait_until

HALF = b"POST /masuk/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n"
SLOW = 31
"""All threads of the two processes but one."""
SILENT = 200


@pytest.fixture
def connected(monkeypatch):
    """Yield a client, and its connection at the web server, which has half a second of patience."""
    monkeypatch.setattr(web_server, "PATIENCE", 0.5)
    monkeypatch.setattr(web_server.Client, "left", 0.5)
    with web_server.Listener() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()) as client, listening.accept()[0] as connection:
            connection.setblocking(True)
            yield client, connection


def drip(client, stopped):
    """Send one byte ten times a second until the connection ends."""
    with suppress(OSError):
        while not stopped.wait(0.1):
            client.sendall(b"x")


def read_to_the_end(connection):
    while connection.recv(100):
        pass


def send_without_end(connection):
    while True:
        connection.sendall(bytes(1024 * 1024))


def test_a_client_that_falls_silent_is_ended(connected):
    client, connection = connected
    client.sendall(HALF)

    assert connection.recv(100).startswith(b"POST")
    with pytest.raises(ConnectionResetError):
        read_to_the_end(connection)


def test_a_client_that_sends_byte_after_byte_is_ended(connected):
    client, connection = connected
    stopped = threading.Event()
    sender = threading.Thread(target=drip, args=(client, stopped))
    sender.start()
    try:
        with pytest.raises(ConnectionResetError):
            read_to_the_end(connection)
    finally:
        stopped.set()
        sender.join()


def test_a_client_that_does_not_read_is_ended(connected):
    connection = connected[1]

    with pytest.raises(ConnectionResetError):
        send_without_end(connection)


def test_a_client_that_is_quick_again_gets_its_patience_back(connected, monkeypatch):
    monkeypatch.setattr(web_server, "time", SimpleNamespace(monotonic=lambda: 0.0))  # this machine is never too slow
    client, connection = connected
    connection.left = 0.05
    client.sendall(bytes(web_server.SLOWEST))
    received = 0
    while received < web_server.SLOWEST:
        part = connection.recv(web_server.SLOWEST)
        assert part, "the connection ended"
        received += len(part)

    assert connection.left == web_server.PATIENCE


def test_a_limit_that_gunicorn_sets_itself_is_kept(connected):
    connection = connected[1]
    connection.settimeout(0.01)

    with pytest.raises(TimeoutError):
        connection.recv(100)
    assert connection.gettimeout() == 0.01


CONFIG = """
from gunicorn import util
from deploy import web_server
from deploy.web_server import *
web_server.PATIENCE = web_server.Client.left = {patience}
web_server.LINGER = {linger}
util.close_graceful.__defaults__ = (3600.0, 65536)  # gunicorn's own way to close would wait for an hour
"""


@pytest.fixture
def desk(tmp_path):
    """Return `desk`, which starts the Procfile's web server with this patience and returns its port."""
    with ExitStack() as ended:

        def desk(patience=3600, linger=3600):
            config, port = tmp_path / "web_server.py", free_port()
            config.write_text(CONFIG.format(patience=patience, linger=linger))
            started = command("web", f"--config {config}")
            environment = os.environ | {"PORT": str(port), "SECRET_KEY": "x" * 50}
            server = ended.enter_context(subprocess.Popen(started, cwd=ROOT, env=environment))
            ended.callback(server.terminate)
            wait_until(lambda: answers(port))
            return port

        yield desk


@contextmanager
def slow_clients(port):
    """Connect as many clients as there are threads but one, which send a byte now and then, and as many silent ones."""
    stopped = threading.Event()
    with ExitStack() as ended:
        ended.callback(stopped.set)
        clients = [
            ended.enter_context(closing(socket.create_connection(("127.0.0.1", port)))) for _ in range(SLOW + SILENT)
        ]
        for client in clients[:SLOW]:
            client.sendall(HALF)
            threading.Thread(target=drip, args=(client, stopped)).start()
        yield clients


def test_the_desk_answers_beside_slow_and_silent_clients(desk):
    port = desk()
    with slow_clients(port) as clients:
        assert answers(port)
        assert answers(port)
        assert not any(is_ended(client) for client in clients)


def test_slow_and_silent_clients_are_ended(desk):
    with slow_clients(desk(patience=1)) as clients:
        wait_until(lambda: all(is_ended(client) for client in clients))


def test_the_desk_answers_beside_clients_that_do_not_close_an_answered_connection(desk):
    port = desk()
    with answered_clients(port) as clients:
        assert answers(port)
        assert all(is_ended(client) for client in clients)


def test_connections_that_their_clients_do_not_close_are_closed(desk):
    with answered_clients(desk(linger=1)) as clients:
        wait_until(lambda: all(is_reset(client) for client in clients))


def test_a_client_that_is_still_sending_can_read_the_answer(desk):
    with closing(socket.create_connection(("127.0.0.1", desk()))) as client:
        client.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 9000000\r\n\r\n")
        wait_until(lambda: is_readable(client))
        client.sendall(bytes(8_000_000))

        assert read_whole(client).startswith(b"HTTP/1.0 ")


def test_a_client_with_many_requests_keeps_its_thread_only_while_another_is_free(desk):
    request = b"GET /statis/tidak-ada HTTP/1.1\r\nHost: localhost\r\n\r\n"
    port = desk()
    with closing(socket.create_connection(("127.0.0.1", port))) as client:
        client.sendall(request * 2 + request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert read_whole(client).count(b"HTTP/1.1 404") == 3
    with slow_clients(port), closing(socket.create_connection(("127.0.0.1", port))) as client:
        client.sendall(request * 3)
        client.settimeout(PATIENCE)
        assert read_whole(client).count(b"HTTP/1.1 404") == 1


@contextmanager
def answered_clients(port):
    """Connect clients that read a whole answer, and keep their connections open behind it."""
    with ExitStack() as ended:
        clients = [ended.enter_context(closing(socket.create_connection(("127.0.0.1", port)))) for _ in range(SLOW)]
        for client in clients:
            client.sendall(b"GET /statis/tidak-ada HTTP/1.0\r\nHost: localhost\r\n\r\n")
        for client in clients:
            client.settimeout(PATIENCE)
            assert read_whole(client).startswith(b"HTTP/1.0 404")
        yield clients


def read_whole(client):
    return b"".join(iter(lambda: client.recv(65536), b""))


def is_readable(client):
    return bool(select.select([client], [], [], 0)[0])


def is_reset(client):
    """Send a byte, and return whether the server has closed its side wholly, so that no program takes the byte."""
    try:
        client.sendall(b"x")
    except OSError:
        return True
    return False


def answers(port):
    """Return whether the web server answers, also that there is no such page."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/statis/tidak-ada", timeout=PATIENCE)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def is_ended(client):
    """Return whether the server has ended this connection."""
    try:
        return client.recv(10, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
