"""The tries of a PDF are counted. If it cannot be drawn, the screen says so, and it is tried hourly or by a button."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from django.utils import timezone

from recommendations.letter import pdf as letter_pdf
from recommendations.models import Letter, Slip
from recommendations.models.drawing_tries import KILLED, STUCK_AFTER, STUCK_RESTS
from recommendations.slip import pdf as slip_pdf
from recommendations.slip.tasks import draw_slip
from tests.pages import page

pytestmark = pytest.mark.django_db


def fail(content):
    raise ValueError("bidang kosong")


def draw_until_stuck(letter: Letter) -> Letter:
    for _ in range(STUCK_AFTER):
        letter_pdf.draw(letter.pk)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def poison(letter, monkeypatch) -> Letter:
    """Return a letter whose drawing fails each time, tried until it is stuck."""
    monkeypatch.setattr(letter_pdf, "render_pdf", fail)
    return draw_until_stuck(letter)


def submission_page(client, submission) -> str:
    return page(client, reverse("recommendations:submission_detail", args=[submission.pk]), submission.register)


def test_a_letter_is_stuck_after_three_failed_tries_and_not_before(letter, monkeypatch, client_p):
    monkeypatch.setattr(letter_pdf, "render_pdf", fail)
    for _ in range(STUCK_AFTER - 1):
        letter_pdf.draw(letter.pk)
    before = submission_page(client_p, letter.submission), Letter.objects.stuck().count()

    letter_pdf.draw(letter.pk)

    after = submission_page(client_p, letter.submission)
    assert "PDF sedang dibuat" in before[0]
    assert before[1] == 0
    assert "PDF tidak dapat dibuat" in after
    assert "ValueError: bidang kosong" in after
    assert "Sudah dicoba 3 kali." in after
    assert "Coba lagi" in after
    assert 'hx-trigger="every 2s"' not in after
    assert Letter.objects.stuck().get() == letter


def test_a_stuck_letter_is_not_drawn_again_by_any_number_of_messages(poison, monkeypatch):
    drawn = []
    monkeypatch.setattr(letter_pdf, "render_pdf", drawn.append)

    for _ in range(20):
        letter_pdf.draw(poison.pk)

    assert drawn == []
    assert Letter.objects.get().tries == STUCK_AFTER


def test_a_stuck_letter_is_tried_by_itself_once_an_hour(poison, time_machine):
    time_machine.move_to(timezone.now() + STUCK_RESTS, tick=False)

    for _ in range(5):
        letter_pdf.draw(poison.pk)

    assert Letter.objects.get().tries == STUCK_AFTER + 1


def test_a_worker_killed_while_drawing_counts_as_a_failed_try(letter, monkeypatch, time_machine, client_p):
    def die(content):
        raise SystemExit  # as a killed process, it writes nothing more

    monkeypatch.setattr(letter_pdf, "render_pdf", die)
    for _ in range(STUCK_AFTER):
        with pytest.raises(SystemExit):
            letter_pdf.draw(letter.pk)
    at_once = Letter.objects.stuck().exists()

    time_machine.move_to(timezone.now() + timedelta(minutes=6), tick=False)

    assert not at_once  # the third try may still be under way
    assert Letter.objects.stuck().get().why_stuck == KILLED
    assert KILLED in submission_page(client_p, letter.submission)


def test_a_try_that_was_killed_while_the_clock_was_set_forward_is_reported(letter):
    Letter.objects.update(tries=STUCK_AFTER, tried_at=timezone.now() + timedelta(days=1), problem="")

    assert Letter.objects.stuck().get().why_stuck == KILLED


def test_coba_lagi_begins_again_and_the_letter_is_drawn(poison, quick_paper, client_p):
    said = client_p.post(reverse("recommendations:draw_letter_again", args=[poison.pk]), follow=True)
    letter_pdf.draw(poison.pk)

    letter = Letter.objects.get()
    assert "dibuat lagi" in said.content.decode()
    assert "PDF sedang dibuat" in said.content.decode()
    assert (letter.is_drawn, letter.problem, letter.why_stuck, letter.tries) == (True, "", "", 1)
    assert "Unduh PDF" in submission_page(client_p, letter.submission)


def test_coba_lagi_changes_nothing_while_the_letter_is_still_tried(letter, monkeypatch, client_p):
    monkeypatch.setattr(letter_pdf, "render_pdf", fail)
    letter_pdf.draw(letter.pk)

    client_p.post(reverse("recommendations:draw_letter_again", args=[letter.pk]))

    assert Letter.objects.get().tries == 1


def test_the_kepala_sees_a_stuck_letter_on_the_list_and_may_try_again(poison, kepala, client_of):
    desk = client_of(kepala)
    before = page(desk, reverse("recommendations:letter_queue"), "PDF tidak dapat dibuat")

    desk.post(reverse("recommendations:draw_letter_again", args=[poison.pk]))

    assert f"Surat {poison.number}" in before
    assert "PDF tidak dapat dibuat" not in page(desk, reverse("recommendations:letter_queue"), "Menunggu penerbitan")


def test_the_check_page_of_a_stuck_letter_no_longer_says_that_the_pdf_is_being_made(poison, phone):
    words = page(phone, reverse("check_letter", args=[poison.token]), "Surat ini menunggu tanda tangan")

    assert "Berkas PDF belum dapat dibuat" in words
    assert "PDF sedang dibuat" not in words


def test_a_stuck_slip_says_so_and_begins_again_by_the_button(slip, monkeypatch, client_p):
    monkeypatch.setattr(slip_pdf, "render_slip_pdf", fail)
    for _ in range(STUCK_AFTER + 2):
        draw_slip(slip.pk)
    stuck = Slip.objects.stuck().get()
    words = submission_page(client_p, slip.round.submission)
    monkeypatch.undo()

    client_p.post(reverse("recommendations:draw_slip_again", args=[slip.pk]))
    draw_slip(slip.pk)

    assert (stuck.tries, stuck.mail) == (STUCK_AFTER, None)
    assert "PDF tidak dapat dibuat" in words
    assert 'hx-trigger="every 3s"' not in words
    assert Slip.objects.get().is_drawn


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "Penyimpanan kantor penuh."), (errno.EROFS, "tidak dapat ditulisi.")]
)
def test_a_disk_that_takes_no_pdf_is_reported_and_leaves_no_half_file(letter, quick_paper, monkeypatch, number, words):
    def save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    before = _kept_letters()
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", save)
        draw_until_stuck(letter)
    told = Letter.objects.get().why_stuck
    left = _kept_letters()

    assert words in told
    assert left == before


def _kept_letters() -> set[str]:
    return set(default_storage.listdir("letters")[1]) if default_storage.exists("letters") else set()


def test_a_worker_without_memory_is_reported(letter, monkeypatch):
    def too_much(content):
        raise MemoryError

    monkeypatch.setattr(letter_pdf, "render_pdf", too_much)

    assert draw_until_stuck(letter).why_stuck == "Memori komputer tidak cukup."
