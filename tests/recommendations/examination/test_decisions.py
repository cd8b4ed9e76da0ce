"""Remarks are written and submissions are returned and verified through the pages."""

import pytest
from django.urls import reverse

from recommendations.models import Remark
from recommendations.workflow import Move, Status
from tests.factories import recorded_submission
from tests.pages import seal_of
from tests.recommendations.conftest import ADVICE


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


def url(name: str, submission) -> str:
    return reverse(f"recommendations:{name}", args=[submission.pk])


@pytest.fixture
def decide(desk, examined):
    """Return `decide`: it opens the page, posts the decision `name`, and returns the page that follows."""

    def posted(name: str) -> str:
        opened = desk.get(url("examine", examined)).content.decode()
        return desk.post(url(name, examined), {"shown": seal_of(opened)}, follow=True).content.decode()

    return posted


@pytest.fixture
def write(desk, examined):
    """Return `write`: `write(item, text)` posts the remark form and returns the page that follows."""

    def posted(item: str, text: str, kind: str = "correction", **headers) -> str:
        typed = {"item": item, "kind": kind, "text": text}
        return desk.post(url("write_remark", examined), typed, follow=True, **headers).content.decode()

    return posted


def test_a_remark_is_written_changed_and_taken_back(write, examined):
    write("judul_survei", "Mohon judul diperbaiki.")
    write("judul_survei", "Mohon judul dikonfirmasi.", "advice")
    changed = Remark.objects.get(item="judul_survei")
    write("judul_survei", "   ")

    assert (changed.text, changed.kind, changed.by.username) == ("Mohon judul dikonfirmasi.", "advice", "rina")
    assert not Remark.objects.filter(item="judul_survei").exists()


def test_without_script_the_page_returns_to_the_same_line(desk, examined):
    answer = desk.post(url("write_remark", examined), {"item": "pj_telepon", "kind": "advice", "text": "Mohon dicek."})

    assert answer.url == url("examine", examined) + "#p-r2-1"


def test_a_remark_on_an_unknown_item_is_a_message(write):
    assert "Isian tidak dikenal: bukan_isian" in write("bukan_isian", "Mohon.")


def test_a_remark_that_is_too_long_is_a_message_and_nothing_is_lost(write):
    assert "paling banyak 2000 huruf" in write("tujuan_survei", "x" * 2001)
    assert Remark.objects.get(item="tujuan_survei").text == ADVICE


def test_htmx_gets_the_words_of_an_error_alone_so_that_the_typed_text_stays(desk, examined):
    answer = desk.post(
        url("write_remark", examined), {"item": "bukan", "kind": "advice", "text": "x"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 409
    assert answer.content.decode().startswith("Isian tidak dikenal")


def test_words_of_a_remark_are_escaped_on_the_page(write):
    page = write("judul_survei", "</textarea><script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_returning_writes_the_slip_and_opens_the_next_round(decide, write, examined):
    write("judul_survei", "Mohon judul diperbaiki.")

    page = decide("return_submission")

    examined.refresh_from_db()
    assert "dikembalikan. Putaran 2 siap direkam." in page
    assert examined.status == Status.RETURNED
    assert examined.rounds.get(number=1).slip.content["correction_count"] == 1


def test_returning_without_a_correction_is_refused_with_words(decide):
    page = decide("return_submission")

    assert "Tulis sedikitnya satu catatan perbaikan" in page


def test_verifying_with_an_open_correction_is_refused_with_words(decide, write, examined):
    write("judul_survei", "Mohon judul diperbaiki.")

    page = decide("verify_submission")

    assert "Masih ada 1 catatan perbaikan" in page
    examined.refresh_from_db()
    assert examined.status == Status.CHECKING


@pytest.mark.parametrize(("name", "move"), [("verify_submission", Move.VERIFY), ("return_submission", Move.RETURN)])
def test_a_double_click_decides_once(desk, write, examined, name, move):
    if move is Move.RETURN:
        write("judul_survei", "Mohon judul diperbaiki.")

    shown = {"shown": seal_of(desk.get(url("examine", examined)).content.decode())}
    pages = [desk.post(url(name, examined), shown, follow=True).content.decode() for _ in range(2)]

    assert examined.events.filter(move=move).count() == 1
    assert examined.rounds.count() == (2 if move is Move.RETURN else 1)
    assert "tidak dapat dilakukan sekarang" in pages[1]


def test_a_remark_after_the_decision_is_refused(decide, write):
    decide("verify_submission")

    assert "Menunggu Kepala, jadi tidak sedang diperiksa. Tidak tersimpan" in write("judul_survei", "Mohon.")
    assert Remark.objects.count() == 1


@pytest.mark.parametrize("name", ["write_remark", "return_submission", "verify_submission"])
def test_only_an_examiner_decides_remarks_and_only_by_post(name, desk, client_of, kepala, petugas):
    submission = recorded_submission(petugas)

    assert client_of(kepala).post(url(name, submission)).status_code == 403
    assert desk.get(url(name, submission)).status_code == 405
