"""Files of strangers are looked at in a child process, which never uses more than its limits."""

import io
import logging
import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest
from PIL import Image

from recommendations.uploads import JPEG, MAX_BYTES, PDF, PNG, BadFile, apart, slots
from recommendations.uploads.apart import CHECK, ask
from recommendations.uploads.checks import content_type_of
from recommendations.uploads.pages import scaled_picture
from recommendations.uploads.refusal import DiskNotReady, NotCheckedNow, TooComplex
from tests.recommendations.uploads import hostile, jobs, samples
from tests.waiting import wait_until

JOBS = jobs.__name__


def type_of(content, size=None):
    return content_type_of(io.BytesIO(content), size=len(content) if size is None else size)


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_file_is_refused_in_words_by_the_child(name):
    make, words = hostile.REFUSED[name]
    content = make()
    before = cpu_of_children()

    with pytest.raises(BadFile, match=words):
        type_of(content)

    assert cpu_of_children() > before  # how much is measured by `make bench`; the kernel holds the limit


def test_a_good_file_is_known_by_its_content():
    assert type_of(samples.photo()) == JPEG
    assert type_of(samples.paper_pdf("Surat")) == PDF


@pytest.mark.parametrize(("size", "words"), [(0, "kosong"), (MAX_BYTES + 1, "paling besar 10 MB")])
def test_an_empty_or_too_big_file_is_refused_without_a_child(size, words, monkeypatch):
    monkeypatch.setattr(apart, "_run", None)

    with pytest.raises(BadFile, match=words):
        type_of(samples.photo(), size)


@pytest.mark.parametrize(
    "job", ["uses_time", "uses_memory", "writes_much", "crashes", "says_nothing", "says_rubbish", "starts_another"]
)
def test_a_job_that_exceeds_a_limit_or_crashes_ends_in_a_refusal(job, caplog):
    with pytest.raises(TooComplex, match="terlalu rumit untuk diperiksa"):
        ask(f"{JOBS}:{job}", b"x", limits=replace(CHECK, cpu=0.5, seconds=300))


def test_a_job_that_only_waits_is_killed_and_its_file_was_not_checked():
    with pytest.raises(NotCheckedNow, match="Coba lagi sebentar"):
        ask(f"{JOBS}:waits", b"x", limits=replace(CHECK, seconds=1))


def test_the_child_has_no_secret_and_leaves_no_picture_of_its_memory():
    told = ask(f"{JOBS}:surroundings", b"x", limits=CHECK).value

    assert set(told["environment"]) <= {"PATH", "LANG", "LC_CTYPE", "OPENPYXL_LXML"}
    assert told["core"] == 0
    assert "django" not in told["modules"]


def test_the_child_gives_way_to_pages():
    told = ask(f"{JOBS}:surroundings", b"x", limits=CHECK).value

    assert told["nice"] >= 5
    assert told["session"] == os.getsid(0)  # Linux gives each session the same share of the processor
    assert told["is_own_group"]  # which is killed as a whole


def test_the_child_ends_also_when_its_parent_is_gone():
    told = ask(f"{JOBS}:surroundings", b"x", limits=CHECK).value

    assert told["ends_in"] > CHECK.seconds


PARENT = """
import sys, tempfile
from recommendations.uploads.apart import CHECK, _run
_run(sys.argv[1], [b""], {"folder": sys.argv[2]}, CHECK, tempfile.TemporaryFile())
"""


def is_running(process: int) -> bool:
    """Return whether a process runs: one that has ended has no command, or is not listed."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_the_child_of_a_killed_parent_is_ended_by_the_kernel(tmp_path):
    command = [sys.executable, "-c", PARENT, f"{JOBS}:waits_for_ever", str(tmp_path)]
    parent = subprocess.Popen(command, cwd=apart.ROOT)
    wait_until(lambda: list(tmp_path.iterdir()))
    (child,) = (int(file.name) for file in tmp_path.iterdir())
    assert is_running(child)

    parent.kill()
    parent.wait()

    try:
        wait_until(lambda: not is_running(child))
    finally:
        if is_running(child):
            os.kill(child, signal.SIGKILL)


def test_what_failed_is_logged_by_its_name_only(caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(TooComplex):
        ask(f"{JOBS}:fails", b"isi rahasia", limits=CHECK)

    assert "ZeroDivisionError" in caplog.text
    assert "rahasia" not in caplog.text


def test_at_most_two_files_of_a_pool_of_two_are_looked_at_at_once(tmp_path):
    limits = replace(CHECK, pool="test", at_once=2, threads=None)

    with ThreadPool(6) as threads:
        seen = threads.map(lambda _: ask(f"{JOBS}:counts", b"", limits=limits, folder=str(tmp_path)).value, range(6))

    assert len(seen) == 6
    assert max(seen) <= 2


def test_a_file_that_finds_no_free_slot_is_to_be_sent_again(monkeypatch):
    monkeypatch.setattr(slots, "PATIENCE", 0)
    full = replace(CHECK, pool="full", at_once=1)

    with slots.slot("full", size=1, threads=None), pytest.raises(NotCheckedNow, match="Coba lagi sebentar"):
        ask(f"{JOBS}:fails", b"", limits=full)


def test_a_full_disk_is_no_fault_of_the_file(monkeypatch, caplog):
    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(apart.tempfile, "TemporaryFile", full)

    with pytest.raises(DiskNotReady, match="Penyimpanan kantor penuh"):
        type_of(samples.photo())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_the_largest_png_that_is_taken_can_be_shown(mode):
    kept = io.BytesIO()
    Image.new(mode, (7071, 7071)).save(kept, "PNG", compress_level=1)

    assert type_of(kept.getvalue()) == PNG
    assert Image.open(io.BytesIO(scaled_picture(kept.getvalue()))).size == (2000, 2000)


def test_the_child_is_started_without_the_framework():
    command = [sys.executable, "-c", "import sys, recommendations.uploads.child.kinds; print('django' in sys.modules)"]

    said = subprocess.run(command, cwd=apart.ROOT, capture_output=True, text=True, check=True).stdout

    assert said.strip() == "False"
