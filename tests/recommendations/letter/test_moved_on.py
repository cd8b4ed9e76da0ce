"""A letter is issued only as the Kepala's page showed it. Otherwise the page is shown again with what has changed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from office.models import Head, Office
from recommendations.letter.page_seal import ShownLetter, shown_letter
from recommendations.models import Letter, Remark
from recommendations.workflow import Status
from tests.factories import issue, verified_submission
from tests.pages import unwrapped

BEFORE_MIDNIGHT, AFTER_MIDNIGHT = "2026-12-31T15:58:00Z", "2026-12-31T16:01:00Z"  # 23.58 and 00.01 WITA
NOT_ISSUED = "Surat belum terbit, karena ada yang berubah sejak halaman ini dibuka"
pytestmark = pytest.mark.usefixtures("quick_paper")


@pytest.fixture
def desk(client_of, kepala):
    return client_of(kepala)


class Page:
    """The page that issues one letter, as the Kepala has it open."""

    def __init__(self, desk, submission):
        self.desk, self.address = desk, reverse("recommendations:letter_issue", args=[submission.pk])
        self.open()

    def open(self) -> None:
        self.read(self.desk.get(self.address))

    def press(self, **typed: str) -> str:
        """Press "Terbitkan surat" with the numbers on the page or those typed, and return the page that follows."""
        return self.read(self.desk.post(self.address, self.fields | typed, follow=True))

    def read(self, answer) -> str:
        if "shown" in answer.context:
            form = answer.context["form"]
            numbers = {name: form[name].value() for name in ("number", "identity_number")}
            self.fields = numbers | {"shown": answer.context["shown"]}
        return " ".join(answer.content.decode().split())


@pytest.fixture
def opened(desk, verified) -> Page:
    return Page(desk, verified)


def test_a_page_of_31_december_issues_nothing_on_1_january_and_is_shown_again(client_of, petugas, kepala, time_machine):
    time_machine.move_to(BEFORE_MIDNIGHT, tick=False)
    submission = verified_submission(petugas)
    issue(verified_submission(petugas), by=kepala)
    page = Page(client_of(kepala), submission)
    old = dict(page.fields)
    time_machine.move_to(AFTER_MIDNIGHT, tick=False)

    shown = page.press()
    issued_at_once = Letter.objects.filter(submission=submission).exists()
    page.press()

    letter = Letter.objects.get(submission=submission)
    assert (old["number"], old["identity_number"]) == ("B-002/63710/HM.310/2026", "V-26.6371.002")
    assert NOT_ISSUED in shown
    assert "Hari berganti: tanggal surat kini 1 Januari 2027, dan nomor urut mulai lagi." in shown
    assert not issued_at_once
    assert (letter.number, letter.identity_number) == ("B-001/63710/HM.310/2027", "V-27.6371.001")
    assert letter.content["date"] == "1 Januari 2027"


def test_a_number_of_december_typed_by_hand_is_reported_in_january(client_of, petugas, kepala, time_machine):
    time_machine.move_to(BEFORE_MIDNIGHT, tick=False)
    page = Page(client_of(kepala), verified_submission(petugas))
    time_machine.move_to(AFTER_MIDNIGHT, tick=False)
    typed = "B-003/63710/HM.310/2026"

    shown = page.press(number=typed)
    kept = page.fields["number"]
    told = page.press()
    issued_at_once = Letter.objects.exists()
    page.press(number_reason="Nomor diambil pada 31 Desember.")

    assert NOT_ISSUED in shown
    assert kept == typed
    assert "Nomor ini nomor tahun 2026, bukan tahun 2027." in told
    assert not issued_at_once
    assert Letter.objects.get().number == typed


def test_the_typed_late_reason_stays_on_the_page_that_is_shown_again(desk, verified):
    verified.rounds.update(due_on="2026-01-05")
    page = Page(desk, verified)
    Office.objects.update(copies_to="Arsip Contoh")

    shown = page.press(late_reason="Menunggu <rapat> pimpinan.")

    assert NOT_ISSUED in shown
    assert "Menunggu &lt;rapat&gt; pimpinan.</textarea>" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: Office.objects.update(copies_to="Dinas A\nDinas B"), "Tembusan berubah: kini Dinas A, Dinas B."),
        (lambda one: Office.objects.update(place="Martapura"), "Tempat surat berubah: kini Martapura."),
        (lambda one: Office.objects.update(phone="0511 000"), "Kop surat berubah."),
        (lambda one: Head.objects.update(capacity="Plh."), "Penanda tangan berubah."),
        (lambda one: Remark.objects.update(text="Saran yang lain."), "Lampiran berubah."),
        (lambda one: Office.objects.update(running_text="x"), None),
    ],
)
def test_the_page_says_what_has_changed_and_issues_at_the_next_press(opened, verified, change, words):
    change(verified)

    shown = opened.press()
    opened.press()

    assert (NOT_ISSUED in shown) == (words is not None)
    assert (words or "terbit dan menunggu tanda tangan") in shown
    assert Letter.objects.count() == 1


def test_an_agency_renamed_meanwhile_is_named(opened, verified):
    agency = verified.applicant.agency
    agency.name = "Dinas Nama Baru"
    agency.save()

    shown = opened.press()

    assert "Nama instansi berubah: kini Dinas Nama Baru." in shown
    verified.refresh_from_db()
    assert verified.status == Status.VERIFIED


def test_a_suggested_number_that_another_letter_took_becomes_the_next_one(opened, petugas, kepala):
    issue(verified_submission(petugas), by=kepala)

    shown = opened.press()

    assert f"Nomor surat berikutnya kini {opened.fields['number']}." in unwrapped(shown)
    assert opened.fields["number"].startswith("B-002/")
    assert opened.fields["identity_number"].endswith(".002")


def test_a_number_of_ones_own_does_not_mind_that_the_suggestion_changed(opened, verified, petugas, kepala):
    other = issue(verified_submission(petugas), by=kepala)
    year = other.issued_on.year

    page = opened.press(number=f"B-7/63710/HM.310/{year}", identity_number=f"V-{year % 100}.6371.009")

    assert f"Surat B-007/63710/HM.310/{year} terbit dan menunggu tanda tangan." in unwrapped(page)


def test_an_error_in_a_number_does_not_hide_what_changed_meanwhile(opened):
    Office.objects.update(copies_to="Arsip Contoh")

    first = opened.press(number="")
    second = opened.press(number=f"B-900/63710/HM.310/{timezone.localdate().year}")

    assert "Isi nomor surat." in first
    assert "Tembusan berubah: kini Arsip Contoh." in second
    assert not Letter.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "\x00", "e30:1:2", "a" * 10_000])
def test_a_page_that_does_not_say_what_it_showed_issues_nothing(opened, sent):
    shown = opened.press(shown=sent)

    assert NOT_ISSUED in shown
    assert "Baca lagi surat di bawah." in shown
    assert not Letter.objects.exists()


def test_what_was_shown_comes_back_unchanged(verified, kepala):
    letter = issue(verified, by=kepala)
    shown = shown_letter(letter.content, day=letter.issued_on, numbers={"number": "B-1", "identity_number": "V-1"})

    assert ShownLetter.unsealed(shown.sealed()) == shown
    assert ShownLetter.unsealed("not signed") == ShownLetter()
