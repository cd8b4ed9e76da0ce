"""When the disk is full or the database fails during an upload, neither a row nor a file remains."""

import errno
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations import uploads
from recommendations.attachments.actions import attaching
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.storing import NotStored
from tests.factories import SubmissionFactory, paper
from tests.recommendations.uploads import samples


@pytest.fixture
def submission(office):
    return SubmissionFactory()


@pytest.fixture
def folder(settings, tmp_path):
    """Return an empty folder in which this test stores its files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def tiny_disk(folder):
    """Mount a real disk of 64 KB at `folder`. Skip the test when it is not run by root."""
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=False)
    if not made or made.returncode:
        pytest.skip("A small disk can only be mounted by root.")
    yield folder
    subprocess.run([shutil.which("umount"), str(folder)], check=True)


def large():
    """Return a photo of noise, about 200 KB, which cannot be compressed."""
    from PIL import Image

    noise = Image.frombytes("RGB", (256, 256), os.urandom(256 * 256 * 3))
    content = io.BytesIO()
    noise.save(content, "PNG")
    return SimpleUploadedFile("foto.png", content.getvalue())


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def breaking(monkeypatch, number):
    """Make the storage write half of a file and then raise an OSError with `number`."""

    def save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(FileSystemStorage, "_save", save)


def test_a_full_disk_is_explained_and_leaves_no_row_or_file(tiny_disk, submission, petugas, client_of):
    page = client_of(petugas).post(
        reverse("recommendations:attachments", args=[submission.pk]), {"kind": "kak", "file": large()}, follow=True
    )

    assert "Penyimpanan kantor penuh. foto.png belum dilampirkan" in page.content.decode()
    assert files_in(tiny_disk) == []
    assert not submission.attachments.exists()
    assert not submission.events.filter(move="attach").exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "penuh"), (errno.EDQUOT, "penuh"), (errno.EFBIG, "penuh"), (errno.EROFS, "tidak dapat ditulisi")],
)
def test_a_half_written_file_is_deleted(folder, submission, petugas, monkeypatch, number, words):
    breaking(monkeypatch, number)

    with pytest.raises(NotStored, match=words):
        attach(submission, kind="kak", file=paper(), content_type=uploads.PDF, by=petugas)

    assert files_in(folder) == []
    assert not submission.attachments.exists()


def test_a_database_that_fails_after_the_file_was_written_leaves_no_file(folder, submission, petugas, monkeypatch):
    def fail(*args, **kwargs):
        assert len(files_in(folder)) == 1
        raise RuntimeError

    monkeypatch.setattr(attaching, "note_event", fail)

    with pytest.raises(RuntimeError):
        attach(submission, kind="kak", file=paper(), content_type=uploads.PDF, by=petugas)

    assert files_in(folder) == []
    assert not submission.attachments.exists()


def test_a_file_is_kept_outside_of_what_the_web_serves_under_a_random_name(folder, submission, petugas, settings):
    attachment = attach(submission, kind="kak", file=paper("Surat.pdf"), content_type=uploads.PDF, by=petugas)

    path = Path(default_storage.path(attachment.file.name))
    assert path.is_relative_to(folder)
    assert not folder.is_relative_to(settings.STATIC_ROOT)
    assert len(path.stem) == 32
    assert oct(path.stat().st_mode & 0o777) == "0o640"


def test_the_original_is_kept_byte_for_byte(folder, submission, petugas):
    content = samples.photo(turned=True)

    attachment = attach(
        submission, kind="kak", file=SimpleUploadedFile("a.jpg", content), content_type=uploads.JPEG, by=petugas
    )

    assert Path(default_storage.path(attachment.file.name)).read_bytes() == content
