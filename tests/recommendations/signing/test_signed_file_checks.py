"""A kept signed file that cannot be checked is not tried each minute for ever, and screens say so."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from office.clock import ClockWentBack
from office.models import SigningRoute
from recommendations import owed_work
from recommendations.models import Attachment, Letter, SignedCopy
from recommendations.models.drawing_tries import KILLED, STUCK_AFTER, STUCK_RESTS
from recommendations.signing import signed_file_checks
from recommendations.signing.actions import direct
from recommendations.signing.signed_file_checks import CheckFailed, NotReadYet, count_kept, settle_kept
from recommendations.uploads.refusal import DiskNotReady, NotCheckedNow, TooComplex
from recommendations.workflow import LetterStatus
from reports.health_rows import OWED_AT_MOST, check_papers
from reports.health_words import Health
from tests.factories import issue, verified_submission
from tests.pages import page


@pytest.fixture
def waiting(electronic, signed_pdf, kepala) -> SignedCopy:
    """Return a good signed file that the service gave, and that was not checked yet."""
    Letter.objects.update(route=SigningRoute.ESIGN)
    return direct._keep(electronic, signed_pdf, kepala)


@pytest.fixture
def reading(monkeypatch):
    """Return a function that lets every check end with this exception, and the list of the times of the checks."""
    times = []

    def fails(problem: Exception) -> list:
        def seen_of(letter, content):
            times.append(timezone.now())
            raise problem

        monkeypatch.setattr(signed_file_checks, "seen_of", seen_of)
        return times

    return fails


def each_minute(time_machine, minutes: int) -> None:
    """Let the clock start the check in each of so many minutes."""
    begin = timezone.now()
    for minute in range(minutes):
        time_machine.move_to(begin + timedelta(minutes=minute), tick=False)
        settle_kept()


def stick(**facts) -> None:
    SignedCopy.objects.update(check_tries=STUCK_AFTER, checked_at=timezone.now(), **facts)


def draw_all_pages() -> None:
    """Let no page be owed any more, so that only the check is."""
    Attachment.objects.update(pages=1)
    SignedCopy.objects.update(pages=1)


def panel_of(client, copy: SignedCopy, words: str) -> str:
    return page(client, reverse("recommendations:submission_detail", args=[copy.letter.submission_id]), words)


def test_a_file_whose_check_always_fails_is_tried_three_times_and_then_hourly(waiting, reading, time_machine):
    times = reading(KeyError("/Sig"))

    each_minute(time_machine, 63)

    assert len(times) == STUCK_AFTER + 1
    assert times[-1] - times[-2] >= STUCK_RESTS
    assert SignedCopy.objects.get().check_problem == "Programnya gagal (KeyError: '/Sig')."


def test_a_file_that_is_too_complex_is_read_once_an_hour(waiting, reading, time_machine):
    times = reading(TooComplex())

    each_minute(time_machine, 63)

    assert len(times) == 2
    assert times[1] - times[0] >= STUCK_RESTS
    assert SignedCopy.objects.get().why_unchecked == "Berkasnya terlalu rumit."


def test_the_check_of_the_signing_page_counts_as_a_try(waiting, reading, kepala):
    times = reading(TooComplex())

    refusal = count_kept(waiting, by=kepala)
    settle_kept()

    assert isinstance(refusal, NotReadYet)
    assert len(times) == 1


def test_a_damaged_file_is_read_three_times_and_says_so(waiting, client_p):
    path = Path(waiting.file.path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    for _ in range(5):
        settle_kept()

    assert SignedCopy.objects.get().check_tries == STUCK_AFTER
    assert "SHA-256 tidak cocok" in panel_of(client_p, waiting, "tidak dapat diperiksa")


@pytest.mark.parametrize(
    "problem",
    [
        NotCheckedNow(),
        DiskNotReady(OSError(28, "No space left on device")),
        ClockWentBack(timezone.now(), timezone.now()),
    ],
)
def test_a_check_that_fails_without_a_fault_of_the_file_is_tried_each_minute(waiting, reading, time_machine, problem):
    times = reading(problem)

    each_minute(time_machine, 6)

    assert len(times) == 6
    assert SignedCopy.objects.get().check_tries == 0


def test_a_check_that_kills_the_worker_counts(waiting, monkeypatch):
    def killed(copy, by):
        raise KeyboardInterrupt

    monkeypatch.setattr(signed_file_checks, "_decided", killed)
    for _ in range(STUCK_AFTER):
        with pytest.raises(KeyboardInterrupt):
            settle_kept()

    assert settle_kept() == 0
    assert SignedCopy.objects.get().why_unchecked == KILLED


def test_a_file_counts_an_hour_later_when_the_fault_is_mended(waiting, time_machine):
    stick(check_problem="Programnya gagal.")
    within_the_hour = settle_kept()

    time_machine.move_to(timezone.now() + STUCK_RESTS, tick=False)

    assert (within_the_hour, settle_kept()) == (0, 1)
    assert SignedCopy.objects.get().why_unchecked == ""
    assert Letter.objects.get().status == LetterStatus.VALID


def test_a_file_tried_while_the_clock_was_set_forward_is_checked(waiting):
    stick()
    SignedCopy.objects.update(checked_at=timezone.now() + timedelta(days=1))

    assert settle_kept() == 1


def test_a_file_that_was_not_tried_comes_before_one_that_failed(waiting, petugas, kepala, signed_pdf, monkeypatch):
    letter = issue(verified_submission(petugas), by=kepala)
    other = direct._keep(letter, signed_pdf, kepala)
    SignedCopy.objects.filter(pk=waiting.pk).update(check_tries=1)
    order = []
    monkeypatch.setattr(signed_file_checks, "count_kept", lambda copy, by: order.append(copy.pk))

    settle_kept()

    assert order == [other.pk, waiting.pk]


def test_a_failed_check_on_the_signing_page_is_said_in_words_and_keeps_the_file(waiting, reading, kepala):
    reading(KeyError("/Sig"))

    refusal = count_kept(waiting, by=kepala)

    assert isinstance(refusal, CheckFailed)
    assert "disimpan, tetapi pemeriksaannya gagal. Jangan tanda tangani lagi" in str(refusal)
    assert SignedCopy.objects.get().is_waiting


def test_the_letter_and_the_health_page_say_that_it_cannot_be_checked(waiting, client_p):
    before, well = panel_of(client_p, waiting, "sedang diperiksa"), check_papers(timezone.now())

    stick(check_problem="Programnya gagal.")

    stuck = check_papers(timezone.now())
    after = panel_of(client_p, waiting, "Jangan tanda tangani lagi, dan beri tahu admin. Tiap jam diperiksa lagi")
    assert "tidak dapat diperiksa" not in before
    assert "sedang diperiksa" not in after
    assert "Programnya gagal." in after
    assert reverse("recommendations:scan_check", args=[waiting.pk]) in after
    assert well.health == Health.GOOD
    assert (stuck.health, stuck.since) == (Health.BAD, waiting.uploaded_at)
    assert stuck.words == f"Berkas bertanda tangan surat {waiting.letter.number} tidak dapat diperiksa."


def test_a_file_that_was_not_checked_for_long_is_bad(waiting):
    draw_all_pages()
    found = check_papers(timezone.now() + OWED_AT_MOST + timedelta(minutes=1))

    assert (found.health, found.words, found.since) == (Health.BAD, "Ada yang belum dikerjakan.", waiting.uploaded_at)


def test_a_scan_that_waits_for_a_person_is_no_fault(waiting):
    draw_all_pages()
    SignedCopy.objects.update(route=SigningRoute.WET)
    stick()

    assert SignedCopy.objects.get().why_unchecked == ""
    assert check_papers(timezone.now() + OWED_AT_MOST * 2).health == Health.GOOD


def test_signed_files_are_checked_after_the_other_owed_work_was_asked_for(waiting, petugas, kepala, monkeypatch):
    letter = issue(verified_submission(petugas), by=kepala)
    Letter.objects.update(asked_at=None)
    asked = []

    def look() -> int:
        asked.append(Letter.objects.get(pk=letter.pk).asked_at)
        return 0

    monkeypatch.setattr(owed_work, "settle_kept", look)
    owed_work.resume_owed(timezone.now())

    assert asked != [None]
    assert len(asked) == 1
