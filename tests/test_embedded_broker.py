"""The queue of the embedded desk: no file in its folder stops it, and each message goes to one worker."""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from pst_desk import embedded_broker
from pst_desk.embedded_broker import Channel
from pst_desk.task_messages import LARGEST
from tests.waiting import wait_until
from tests.wrong_messages import WRONG, task_message

NO_MESSAGES = {
    "empty": b"",
    "half": b'{"body": "W1tdLCB7fV0="',
    "no text": b"\xff\xfe\x00",
    "no object": b"[]",
    "no heading": b"{}",
    "no address": b'{"properties": {"delivery_tag": "1", "delivery_info": {}}}',
    "body that is not encoded": b'{"body": "!", "properties": {"body_encoding": "base64", "delivery_tag": "1"}}',
    "endless": b"[" * 100_000,
    "whole, but of another hand": json.dumps(
        {"body": "%%%", "headers": {}, "properties": {"delivery_tag": "1", "delivery_info": {}}}
    ).encode(),
    "seal of nothing": b"\n{}",
    "seal of another text": b"0" * 64 + b"\n{}",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "queue"


@pytest.fixture
def open_channel(folder) -> Iterator[Callable[[], Channel]]:
    """Return `open_channel`, which gives the channel of one more process that uses the folder."""
    opened = []

    def channel() -> Channel:
        options = {"data_folder_in": str(folder), "control_folder": str(folder / "control")}
        connection = Connection(
            "filesystem://", transport="pst_desk.embedded_broker:Transport", transport_options=options
        )
        opened.append(connection)
        return connection.channel()

    yield channel
    for connection in opened:
        connection.release()


@pytest.fixture
def channel(open_channel) -> Channel:
    return open_channel()


def message(words: str) -> dict:
    return json.loads(task_message(headers={"words": words}))


def words_of(taken: dict) -> str:
    return taken["headers"]["words"]


def test_messages_come_back_in_the_order_in_which_they_were_sent(channel):
    for words in ("first", "second", "third"):
        channel._put("desk", message(words))

    taken = [words_of(channel._get("desk")) for _ in range(3)]

    assert taken == ["first", "second", "third"]
    with pytest.raises(Empty):
        channel._get("desk")


def test_a_message_is_not_seen_before_it_is_whole(channel, monkeypatch):
    seen = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda *files: (seen.append(channel._size("desk")), replace(*files))[1])

    channel._put("desk", message("whole"))

    assert seen == [0]
    assert words_of(channel._get("desk")) == "whole"


def test_each_message_goes_to_one_of_two_workers_while_others_write(open_channel, folder):
    sent = [f"{writer} {number}" for writer in range(2) for number in range(100)]

    def write(writer: int) -> None:
        channel = open_channel()
        for number in range(100):
            channel._put("desk", message(f"{writer} {number}"))

    def read() -> list[str]:
        channel, taken = open_channel(), []

        def is_drained() -> bool:
            with suppress(Empty):
                for _ in sent:
                    taken.append(words_of(channel._get("desk")))  # noqa: PERF401 - extending would lose them at Empty
            return written.done() and also.done() and channel._size("desk") == 0

        wait_until(is_drained)
        return taken

    with ThreadPoolExecutor() as processes:
        written, also = processes.submit(write, 0), processes.submit(write, 1)
        readers = [processes.submit(read) for _ in range(2)]

    assert sorted(words for reader in readers for words in reader.result()) == sorted(sent)
    assert not (folder / "unreadable").exists()


@pytest.mark.parametrize("kind", NO_MESSAGES)
def test_a_file_that_is_no_message_is_set_aside_and_the_next_message_is_taken(channel, folder, caplog, kind):
    folder.mkdir(exist_ok=True)
    (folder / "000_broken.desk.msg").write_bytes(NO_MESSAGES[kind])
    channel._put("desk", message("next"))

    taken = channel._get("desk")

    assert words_of(taken) == "next"
    assert [file.name for file in (folder / "unreadable").iterdir()] == ["000_broken.desk.msg"]
    assert [line.getMessage()[:46] for line in caplog.records] == ["000_broken.desk.msg in the queue is no message"]


@pytest.mark.parametrize("kind", WRONG)
def test_a_sealed_message_of_a_wrong_shape_is_set_aside_and_the_next_message_is_taken(channel, folder, kind):
    folder.mkdir(exist_ok=True)
    seal = embedded_broker._seal_of(WRONG[kind]).encode()
    (folder / "000_wrong.desk.msg").write_bytes(seal + b"\n" + WRONG[kind])
    channel._put("desk", message("next"))

    taken = channel._get("desk")

    assert words_of(taken) == "next"
    assert [file.name for file in (folder / "unreadable").iterdir()] == ["000_wrong.desk.msg"]


def test_a_file_that_is_too_large_is_set_aside_unread(channel, folder, monkeypatch):
    folder.mkdir(exist_ok=True)
    with (folder / "000_large.desk.msg").open("wb") as large:
        large.truncate(3 * 1024**3)
    channel._put("desk", message("next"))
    opened = []
    usual = Path.open
    monkeypatch.setattr(Path, "open", lambda file, mode: (opened.append(file.name), usual(file, mode))[1])

    assert words_of(channel._get("desk")) == "next"
    assert "000_large.desk.msg" not in opened
    assert (folder / "unreadable" / "000_large.desk.msg").exists()


def test_a_file_that_grows_while_it_is_read_is_read_up_to_the_limit(folder, monkeypatch):
    folder.mkdir()
    file = folder / "000_growing.desk.msg"
    file.write_bytes(b"x" * 2 * LARGEST)
    small = os.stat_result((0o100600, *[0] * 9))
    monkeypatch.setattr(Path, "stat", lambda file: small)

    assert len(embedded_broker._read(file)) == embedded_broker.SEAL + 1 + LARGEST + 1


def test_a_name_with_line_breaks_and_escape_codes_is_one_line_of_the_log(channel, folder, caplog):
    folder.mkdir(exist_ok=True)
    (folder / "000\nERROR all is lost\x1b[31m.desk.msg").write_bytes(b"")

    with pytest.raises(Empty):
        channel._get("desk")

    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith(r"000\nERROR all is lost\x1b[31m.desk.msg in the queue")
    assert line.isprintable()


def test_a_message_that_somebody_has_changed_is_set_aside(channel, folder):
    channel._put("desk", message("mine"))
    [file] = folder.glob("*.desk.msg")
    file.write_bytes(file.read_bytes().replace(b"mine", b"your"))
    channel._put("desk", message("next"))

    assert words_of(channel._get("desk")) == "next"
    assert [left.name for left in (folder / "unreadable").iterdir()] == [file.name]


def test_what_cannot_be_opened_is_set_aside_too(channel, folder):
    (folder / "000_folder.desk.msg").mkdir(parents=True)
    channel._put("desk", message("next"))

    taken = channel._get("desk")

    assert words_of(taken) == "next"
    assert (folder / "unreadable" / "000_folder.desk.msg").is_dir()


def test_a_broken_file_that_cannot_be_moved_is_logged_once_and_left(channel, folder, caplog, monkeypatch):
    monkeypatch.setattr(embedded_broker, "_left", set())
    folder.mkdir(exist_ok=True)
    (folder / "unreadable").write_text("a file where the folder should be")
    (folder / "000_broken.desk.msg").write_bytes(b"")

    for words in ("one", "two"):
        channel._put("desk", message(words))
        assert words_of(channel._get("desk")) == words

    assert len(caplog.records) == 1


def test_an_unfinished_file_is_left_alone(channel, folder):
    folder.mkdir(exist_ok=True)
    (folder / "000_half.desk.msg.writing").write_bytes(b"{")

    with pytest.raises(Empty):
        channel._get("desk")

    assert (folder / "000_half.desk.msg.writing").exists()
    assert channel._purge("desk") == 0


def test_a_folder_that_was_deleted_is_made_again(channel, folder):
    channel._put("desk", message("lost"))
    shutil.rmtree(folder)

    with pytest.raises(Empty):
        channel._get("desk")
    channel._put("desk", message("next"))

    assert words_of(channel._get("desk")) == "next"


def test_a_full_disk_is_reported_and_leaves_no_half_message(channel, folder, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(ChannelError, match="No space left"):
        channel._put("desk", message("too much"))

    assert [file.name for file in folder.iterdir() if file.is_file()] == []
    assert channel._size("desk") == 0


@pytest.mark.parametrize("broken", [b"", b"{", b"17", b'[["too", "short"]]', b"\xff"])
def test_a_broken_table_of_an_exchange_is_empty_and_the_next_bind_writes_it_again(channel, folder, broken):
    table = folder / "control" / "pidbox.exchange"
    table.parent.mkdir(parents=True)
    table.write_bytes(broken)

    before = channel.get_table("pidbox")
    channel._queue_bind("pidbox", "", "", "worker")

    assert before == []
    assert json.loads(table.read_text(encoding="utf-8")) == [["", "", "worker"]]
    assert channel.get_table("pidbox") == [("", "", "worker")]


def test_a_deleted_queue_loses_its_messages_and_its_binding_only(channel):
    channel._queue_bind("pidbox", "", "", "worker")
    channel._queue_bind("pidbox", "", "", "other")
    channel._put_fanout("pidbox", message("to all"), "")

    channel._delete("worker", "pidbox", "", "")

    assert channel.get_table("pidbox") == [("", "", "other")]
    assert channel._size("worker") == 0
    assert words_of(channel._get("other")) == "to all"


@pytest.mark.parametrize("kind", ["pipe", "link to a pipe"])
def test_a_pipe_in_the_folder_does_not_hold_the_worker(channel, folder, kind):
    folder.mkdir()
    pipe = folder / ("000_pipe.desk.msg" if kind == "pipe" else "pipe")
    os.mkfifo(pipe)
    if kind != "pipe":
        (folder / "000_pipe.desk.msg").symlink_to(pipe)
    channel._put("desk", message("next"))

    assert words_of(channel._get("desk")) == "next"
    assert (folder / "unreadable" / "000_pipe.desk.msg").is_fifo()


@pytest.mark.parametrize("name", ["queue", "queue/control"])
def test_a_file_in_the_place_of_a_folder_of_the_queue_is_renamed(channel, folder, name):
    place = folder.parent / name
    place.parent.mkdir(exist_ok=True)
    place.write_text("no folder")

    channel.exchange_declare("desk")
    channel.queue_declare("desk")
    channel.queue_bind("desk", exchange="desk", routing_key=name)  # Kombu writes each binding once a process
    channel._put("desk", message("next"))

    assert words_of(channel._get("desk")) == "next"
    assert place.with_name(f"{place.name}.unreadable").read_text() == "no folder"


def test_a_message_of_the_first_queue_is_taken_before_those_of_the_next_one(channel):
    for queue in ("desk", "desk-files"):
        channel.queue_declare(queue)
        channel.basic_consume(queue, no_ack=True, callback=None, consumer_tag=queue)
    for words in ("file 1", "file 2", "file 3"):
        channel._put("desk-files", message(words))
    for words in ("letter 1", "letter 2"):
        channel._put("desk", message(words))
    taken = []

    for _ in range(5):
        channel.cycle.get(lambda taken_message, queue: taken.append(words_of(taken_message)))

    assert taken == ["letter 1", "letter 2", "file 1", "file 2", "file 3"]
