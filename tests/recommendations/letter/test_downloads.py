"""The download link of a signed letter: the page changes nothing, its button fetches, counts and proves the arrival."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Office
from recommendations.letter.actions.downloads import DownloadEnded, fetch_letter, renew_download
from recommendations.letter.actions.mail_results import note_bounce
from recommendations.letter.actions.replacing import want_replacement
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.actions.sending import close_submission
from recommendations.letter.delivery import owe_letter_mail
from recommendations.letter.downloads import offered_link
from recommendations.letter.ending import LetterBeingReplaced
from recommendations.letter.pdf import NotSignedYet
from recommendations.letter.tasks import send_dispatch
from recommendations.models import DownloadLink, Submission
from recommendations.workflow import Move, Status
from tests.factories import signed_submission
from tests.pages import page

pytestmark = pytest.mark.usefixtures("quick_paper")
LANDMARK = "Surat rekomendasi Anda"


@pytest.fixture
def link(signed) -> DownloadLink:
    return offered_link(signed)


def address(link: DownloadLink) -> str:
    return reverse("recommendations:download_page", args=[link.token])


def press(link: DownloadLink, browser: Client | None = None):
    """Press the button of the page, and return the answer."""
    return (browser or Client()).post(reverse("recommendations:fetch_letter", args=[link.token]))


def again(link: DownloadLink) -> DownloadLink:
    return DownloadLink.objects.select_related("letter__submission").get(pk=link.pk)


def submission_of(link: DownloadLink) -> Submission:
    return again(link).letter.submission


def end(link: DownloadLink) -> None:
    DownloadLink.objects.filter(pk=link.pk).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_the_mail_carries_the_link_and_the_sha256_of_the_file_that_it_attaches(mail):
    body = owe_letter_mail(mail.pk).body

    link = DownloadLink.objects.get()
    assert f"/unduh/{link.token}/" in body
    assert mail.signed.sha256 in body


def test_a_link_lasts_as_many_days_as_the_office_wants(signed):
    Office.objects.update(download_days=7)

    assert offered_link(signed).ends_on == timezone.localdate() + timedelta(days=7)


@pytest.mark.parametrize("look", ["get", "head"])
def test_opening_the_page_counts_nothing_and_moves_nothing(link, look):
    for _ in range(3):
        assert getattr(Client(), look)(address(link)).status_code == 200

    assert again(link).fetch_count == 0
    assert submission_of(link).status == Status.SIGNED
    assert submission_of(link).rounds.get().told_at is None


def test_the_file_never_comes_by_get(link):
    answer = Client().get(reverse("recommendations:fetch_letter", args=[link.token]))

    assert answer.status_code == 405
    assert again(link).fetch_count == 0


def test_the_page_says_which_letter_and_nobodys_name_or_number(link):
    shown = page(Client(), address(link), LANDMARK)

    assert link.letter.number in shown
    assert "Unduh surat (PDF)" in shown
    person = submission_of(link).applicant
    assert [secret for secret in (person.name, person.email, person.phone) if secret in shown] == []


def test_the_button_gives_the_signed_bytes_counts_them_and_keeps_the_promise(link, signed):
    answer = press(link)

    kept = again(link)
    assert hashlib.sha256(answer.content).hexdigest() == signed.copies.get().sha256
    assert "no-store" in answer["Cache-Control"]
    assert (kept.fetch_count, kept.first_fetched_at) == (1, kept.last_fetched_at)
    assert submission_of(link).status == Status.SENT
    assert submission_of(link).rounds.get().told_at == kept.first_fetched_at
    assert "mengunduh surat" in submission_of(link).events.get(move=Move.DELIVER).note


def test_the_second_time_is_counted_and_proves_nothing_new(link, time_machine):
    press(link)
    first = again(link).first_fetched_at
    time_machine.move_to(timezone.now() + timedelta(hours=1))

    press(link)

    kept = again(link)
    assert (kept.fetch_count, kept.first_fetched_at) == (2, first)
    assert kept.last_fetched_at > first
    assert submission_of(link).events.filter(move=Move.DELIVER).count() == 1


def test_a_colleague_who_tries_the_link_is_not_the_applicant(link, client_p):
    answer = press(link, client_p)

    assert answer.status_code == 200
    assert again(link).fetch_count == 0
    assert submission_of(link).status == Status.SIGNED


def test_a_closed_submission_still_gives_its_letter(link, petugas):
    press(link)
    close_submission(submission_of(link), by=petugas)
    DownloadLink.objects.update(fetch_count=0, first_fetched_at=None, last_fetched_at=None)

    assert press(link).status_code == 200
    assert submission_of(link).status == Status.CLOSED


def test_a_link_opens_on_its_last_day_and_not_after(link, time_machine):
    last = DownloadLink.objects.get().ends_on
    time_machine.move_to(f"{last}T15:59:00Z")  # 23.59 WITA
    on_the_last_day = Client().get(address(link)).status_code

    time_machine.move_to(f"{last}T16:01:00Z")

    assert on_the_last_day == 200
    assert Client().get(address(link)).status_code == 410


def test_a_link_that_ends_between_page_and_button_gives_nothing_and_says_how_to_go_on(link):
    browser = Client()
    browser.get(address(link))
    end(link)

    answer = press(link, browser)

    assert answer.status_code == 410
    words = answer.content.decode()
    assert "Tautan unduh ini sudah berakhir" in words
    assert "Perlu tautan baru?" in words
    assert again(link).fetch_count == 0
    with pytest.raises(DownloadEnded):
        fetch_letter(link)


def test_one_press_of_the_officer_opens_the_same_link_again(link, client_p):
    end(link)

    words = client_p.post(
        reverse("recommendations:renew_download", args=[link.letter_id]), follow=True
    ).content.decode()

    assert "Tautan unduh berlaku sampai" in words
    assert again(link).renewed_by.username == "rina"
    assert press(link).status_code == 200
    assert submission_of(link).events.filter(move=Move.RENEW).count() == 1


def test_a_letter_without_a_link_gets_one_by_the_button(signed, petugas):
    renew_download(signed, by=petugas)
    renew_download(signed, by=petugas)

    assert DownloadLink.objects.get().letter == signed


def test_an_unsigned_letter_has_no_link(drawn, petugas, client_p):
    with pytest.raises(NotSignedYet):
        renew_download(drawn, by=petugas)

    detail = reverse("recommendations:submission_detail", args=[drawn.submission_id])
    shown = page(client_p, detail, drawn.number)
    assert "Tautan unduh untuk pemohon" not in shown


def test_the_link_of_a_letter_that_is_being_replaced_is_not_made_longer(link, kepala, petugas):
    want_replacement(link.letter, reason="Judul keliru.", by=kepala)

    with pytest.raises(LetterBeingReplaced, match="sedang diganti Kepala"):
        renew_download(link.letter, by=petugas)

    assert again(link).renewed_by is None


def test_a_mail_that_goes_out_late_carries_a_link_that_opens(link, mail):
    end(link)

    owe_letter_mail(mail.pk)

    assert not again(link).has_ended
    assert DownloadLink.objects.count() == 1


def test_the_link_of_a_letter_gives_that_letter_only(link, petugas, kepala):
    other = offered_link(signed_submission(petugas, kepala).letter)

    press(other)

    assert again(link).fetch_count == 0
    assert submission_of(link).status == Status.SIGNED
    assert other.letter.number in page(Client(), address(other), LANDMARK)


@pytest.mark.parametrize("token", ["x", "a" * 100])
def test_a_token_that_never_was_is_reported_in_words(office, token):
    answer = Client().get(f"/unduh/{token}/")

    assert answer.status_code == 404
    assert "tidak ditemukan" in answer.content.decode()


@pytest.mark.parametrize("token", ["a" * 10_000, "a%00b"])
def test_a_hostile_token_is_refused_before_it_is_looked_up(office, token):
    assert Client().get(f"/unduh/{token}/").status_code == 400


def test_a_file_that_was_replaced_is_neither_given_nor_counted(link, signed):
    Path(signed.copies.get().file.path).write_bytes(b"%PDF another")
    browser = Client()

    words = browser.post(reverse("recommendations:fetch_letter", args=[link.token]), follow=True).content.decode()

    assert "sedang tidak dapat diunduh" in words
    assert again(link).fetch_count == 0
    assert submission_of(link).status == Status.SIGNED


@pytest.mark.parametrize("step", [revoke_letter, want_replacement])
def test_the_page_of_a_letter_that_is_not_in_force_gives_nothing(link, kepala, step):
    step(link.letter, reason="Wilayahnya keliru.", by=kepala)

    answer = press(link)

    assert answer.status_code == 410
    assert "Surat ini tidak dapat diunduh lagi" in answer.content.decode()


@pytest.mark.parametrize("step", [revoke_letter, want_replacement])
def test_an_old_link_never_says_that_a_letter_counts_which_is_not_in_force(link, kepala, step):
    step(link.letter, reason="Wilayahnya keliru.", by=kepala)
    end(link)

    words = Client().get(address(link)).content.decode()

    assert "Surat ini tidak dapat diunduh lagi" in words
    assert "tetap dapat dipakai" not in words
    assert "Petugas membuka tautan ini lagi" not in words


@pytest.mark.usefixtures("one_minute")
def test_too_many_presses_in_a_minute_are_stopped(link):
    *taken, stopped = [press(link) for _ in range(21)]

    assert {answer.status_code for answer in taken} == {200}
    assert (stopped.status_code, stopped["Retry-After"]) == (429, "60")
    assert f'href="{address(link)}"' in stopped.content.decode()


def test_a_bounce_after_the_applicant_fetched_the_letter_keeps_the_promise(mail, mail_server_at_will, petugas):
    send_dispatch(mail.pk)
    link = DownloadLink.objects.get()
    press(link)

    note_bounce(mail, reason="5.1.1", by=petugas)

    assert submission_of(link).status == Status.SENT
    assert submission_of(link).rounds.get().told_at == again(link).first_fetched_at


def test_the_panel_shows_how_often_it_was_fetched_and_the_address_to_officers_only(link, client_p, client_of, kepala):
    detail = reverse("recommendations:submission_detail", args=[submission_of(link).pk])
    press(link)

    officer = page(client_p, detail, "Tautan unduh untuk pemohon")
    head = page(client_of(kepala), detail, "Tautan unduh untuk pemohon")

    assert "Diunduh 1 kali" in re.sub(r"\s+", " ", officer)
    assert link.token in officer
    assert link.token not in head


def test_the_database_refuses_a_count_without_its_times(link):
    with pytest.raises(IntegrityError), transaction.atomic():
        DownloadLink.objects.update(fetch_count=1)
