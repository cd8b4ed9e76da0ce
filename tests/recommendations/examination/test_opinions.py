"""The opinion of the walidata is noted with its file."""

import errno
import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from recommendations import uploads
from recommendations.examination.actions.examining import verify
from recommendations.examination.actions.opinions import OpinionStands, OpinionTaken, note_opinion, remove_opinion
from recommendations.examination.tasks import draw_opinion
from recommendations.letter.actions.issuing import send_back
from recommendations.models import Opinion
from recommendations.workflow import Move, MoveNotAllowed
from tests.factories import paper
from tests.recommendations.uploads import samples

TYPED = {
    "source": "Diskominfotik  Kota",
    "number": "555/12",
    "given_on": "20/11/2026",
    "text": "Kode wilayah <b> dipakai.",
}


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


@pytest.fixture
def noted(examined, petugas) -> Opinion:
    facts = {"source": "Diskominfotik", "given_on": date(2026, 11, 20), "text": "Layak.", "content_type": uploads.PDF}
    return note_opinion(examined, **facts, file=paper("pendapat.pdf"), by=petugas)


def url(name: str, row) -> str:
    return reverse(f"recommendations:{name}", args=[row.pk])


def files() -> set[str]:
    return set(default_storage.listdir("attachments")[1]) if default_storage.exists("attachments") else set()


def test_an_opinion_is_noted_with_its_file_and_shown_in_the_examination(desk, examined):
    content = paper("Pendapat.pdf").read()
    file = SimpleUploadedFile("Pendapat.pdf", content)

    page = desk.post(url("opinion_add", examined), TYPED | {"file": file}, follow=True).content.decode()

    opinion = Opinion.objects.get()
    assert (opinion.source, opinion.given_on) == ("Diskominfotik Kota", date(2026, 11, 20))
    assert (opinion.sha256, opinion.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert examined.events.get(move=Move.OPINION).note == "Diskominfotik Kota, 20/11/2026: Pendapat.pdf"
    assert "Kode wilayah &lt;b&gt; dipakai." in page
    assert url("opinion_preview", opinion) in page


def test_the_file_of_an_opinion_is_downloaded_unchanged_and_shown_as_pictures(desk, noted):
    draw_opinion(noted.pk)

    answer = desk.get(url("opinion_download", noted))
    page = desk.get(url("opinion_preview", noted)).content.decode()
    picture = desk.get(reverse("recommendations:opinion_page", args=[noted.pk, 1]))

    assert hashlib.sha256(b"".join(answer)).hexdigest() == noted.sha256
    assert "attachment" in answer["Content-Disposition"]
    assert "Halaman 1 dari 1" in page
    assert picture["Content-Type"] == "image/jpeg"
    assert desk.get(reverse("recommendations:opinion_page", args=[noted.pk, 2])).status_code == 404


def test_a_file_that_was_changed_on_the_disk_is_not_given_out(desk, noted):
    with noted.file.open("r+b") as file:
        file.write(b"%PDX")

    answer = desk.get(url("opinion_download", noted))

    assert answer.status_code == 409
    assert "SHA-256 tidak cocok" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "kosong"),
        ({"file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")}, "PDF"),
        ({"file": None}, "Pilih berkas pendapatnya."),
        ({"source": " "}, "Tulis siapa"),
        ({"text": " \u200b "}, "Tulis isi pendapatnya."),
        ({"given_on": "31/02/2026"}, "31/02/2026"),
        ({"given_on": "01/01/2099"}, "belum tiba"),
    ],
)
def test_an_incomplete_or_hostile_opinion_is_refused_and_not_saved(desk, examined, changed, told):
    before = files()
    typed = TYPED | {"file": paper("a.pdf")} | changed

    page = desk.post(url("opinion_add", examined), {key: value for key, value in typed.items() if value}).content

    assert told in page.decode()
    assert not Opinion.objects.exists()
    assert files() == before


def test_an_executing_pdf_is_refused(desk, examined):
    file = SimpleUploadedFile("a.pdf", samples.acting_pdf())

    page = desk.post(url("opinion_add", examined), TYPED | {"file": file}).content.decode()

    assert "PDF ini memuat perintah (JavaScript)." in page
    assert not Opinion.objects.exists()


def test_a_full_disk_is_explained_and_leaves_no_row_or_file(desk, examined, monkeypatch):
    before = files()

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(default_storage, "save", full)
    page = desk.post(url("opinion_add", examined), TYPED | {"file": paper("a.pdf")}).content.decode()

    assert "Penyimpanan kantor penuh" in page
    assert not Opinion.objects.exists()
    assert files() == before


def test_an_opinion_noted_by_mistake_is_removed_with_its_file(
    noted, examined, desk, petugas, django_capture_on_commit_callbacks
):
    path = noted.file.name

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url("opinion_remove", noted))

    assert not Opinion.objects.exists()
    assert not default_storage.exists(path)
    assert examined.events.filter(move=Move.OPINION).last().note.startswith("dihapus: ")
    with pytest.raises(OpinionTaken):
        remove_opinion(noted, by=petugas)


def test_an_opinion_cannot_be_removed_after_verification_even_when_sent_back(
    noted, examined, petugas, kepala, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(seconds=1))
    verify(examined, by=petugas)
    with pytest.raises(MoveNotAllowed):
        remove_opinion(noted, by=petugas)

    send_back(examined, reason="Periksa lagi.", by=kepala)

    with pytest.raises(OpinionStands):
        remove_opinion(noted, by=petugas)


def test_no_opinion_is_noted_after_verification(examined, desk, petugas):
    verify(examined, by=petugas)

    page = desk.post(url("opinion_add", examined), TYPED | {"file": paper("a.pdf")}, follow=True).content.decode()

    assert "tidak dapat dilakukan sekarang" in page
    assert not Opinion.objects.exists()
