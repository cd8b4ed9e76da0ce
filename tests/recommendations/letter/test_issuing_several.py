"""Several letters are issued with one press: each as the page showed it, with the next numbers, and nothing else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Head, Office
from recommendations.letter.actions.numbering import reserve_numbers
from recommendations.models import Letter, Submission
from recommendations.workflow import Status
from tests.factories import verified_submission
from tests.pages import unwrapped

pytestmark = pytest.mark.usefixtures("quick_paper")


class Page:
    """The page that issues several letters, as the Kepala has it open."""

    address = reverse("recommendations:issue_letters")

    def __init__(self, desk):
        self.desk = desk
        self.open()

    def open(self) -> None:
        self.read(self.desk.get(self.address))

    def press(self, *chosen: Submission) -> str:
        """Press "Terbitkan" with the chosen letters ticked. Return the page that follows."""
        ticked = {"submissions": [one.pk for one in chosen]}
        return self.read(self.desk.post(self.address, self.shown | ticked, follow=True))

    def read(self, answer) -> str:
        if "offers" in answer.context:
            offers = answer.context["offers"]
            self.shown = {f"shown-{offer.submission.pk}": offer.shown for offer in offers}
            self.against = {offer.submission.pk: [point.words for point in offer.against] for offer in offers}
        return " ".join(unwrapped(answer.content.decode()).split())


@pytest.fixture
def three(petugas) -> list[Submission]:
    return [verified_submission(petugas) for _ in range(3)]


@pytest.fixture
def page(client_of, kepala, three) -> Page:
    return Page(client_of(kepala))


def numbers() -> list[str]:
    return list(Letter.objects.order_by("submission_id").values_list("number", flat=True))


def test_the_chosen_letters_take_the_next_numbers_in_their_order(page, three):
    shown = page.press(three[2], three[0])

    year = timezone.localdate().year
    letters = Letter.objects.order_by("number")
    assert [(letter.number, letter.submission) for letter in letters] == [
        (f"B-001/63710/HM.310/{year}", three[0]),
        (f"B-002/63710/HM.310/{year}", three[2]),
    ]
    assert [letter.identity_number[-3:] for letter in letters] == ["001", "002"]
    assert "B-002" in shown
    assert Submission.objects.get(pk=three[1].pk).status == Status.VERIFIED


def test_fifty_letters_of_one_press_take_fifty_numbers_in_a_row(client_of, kepala, petugas):
    fifty = [verified_submission(petugas) for _ in range(50)]

    shown = Page(client_of(kepala)).press(*fifty)

    running = [int(number[2:5]) for number in numbers()]
    assert running == list(range(1, 51))
    assert f"50 surat ({', '.join(numbers())}) terbit dan menunggu tanda tangan." in shown


def test_a_letter_that_changed_since_the_page_was_opened_waits_and_the_others_are_issued(page, three):
    Submission.objects.filter(pk=three[1].pk).update(cover_number="400/999/CONTOH")

    shown = page.press(*three)

    assert [letter.submission for letter in Letter.objects.order_by("number")] == [three[0], three[2]]
    assert f"{three[1].register} belum terbit. Surat pengantar" in shown


def test_a_letter_whose_words_the_page_did_not_show_is_not_issued(page, three):
    page.shown = {f"shown-{three[0].pk}": page.shown[f"shown-{three[0].pk}"], f"shown-{three[1].pk}": "karangan"}

    page.press(*three)

    assert [letter.submission for letter in Letter.objects.all()] == [three[0]]


def test_a_late_letter_is_opened_first(page, three):
    three[0].rounds.update(due_on="2026-01-05")

    page.open()
    shown = page.press(*three)

    assert page.against[three[0].pk] == ["Lewat jatuh tempo, dan sebabnya belum ditulis"]
    assert page.against[three[1].pk] == []
    assert "1 surat tidak lagi dapat diterbitkan bersama." in shown
    assert [letter.submission for letter in Letter.objects.order_by("number")] == three[1:]


def test_each_further_letter_on_the_page_needs_one_more_query_at_most(client_of, kepala, petugas):
    verified_submission(petugas)
    page = Page(client_of(kepala))
    with CaptureQueriesContext(connection) as with_one:
        page.open()
    for _ in range(9):
        verified_submission(petugas)
    with CaptureQueriesContext(connection) as with_ten:
        page.open()

    assert len(page.against) == 10
    assert len(with_ten) - len(with_one) <= 9


def test_a_second_press_issues_nothing_again(page, three):
    page.press(*three)
    first = numbers()

    page.press(*three)

    assert len(first) == 3
    assert numbers() == first


def test_a_user_who_does_not_head_the_office_today_issues_none(page, three):
    Head.objects.all().delete()

    shown = page.press(*three)

    assert "Anda tidak tercatat sebagai Kepala" in shown
    assert not Letter.objects.exists()


def test_without_a_web_address_that_lasts_none_is_issued(page, three):
    Office.objects.update(public_url="http://localhost:8000")

    shown = page.press(*three)

    assert "alamat web loket masih http://localhost:8000" in shown
    assert not Letter.objects.exists()


def test_in_the_common_register_only_reserved_numbers_are_taken(page, three, petugas):
    Office.objects.update(letter_register=Office.LetterRegister.COMMON)
    page.open()
    page.press(*three)
    without = numbers()
    reserve_numbers(year=timezone.localdate().year, first=90, last=91, reason="Kiriman hari ini", by=petugas)

    shown = page.press(*three)

    assert without == []
    assert [number[:5] for number in numbers()] == ["B-090", "B-091"]
    assert "Tidak ada lagi nomor yang dipesan" in shown


def test_before_they_are_issued_a_dialog_names_the_numbers_of_the_ticked_letters(page, three):
    ticked = {"submissions": [three[0].pk, three[2].pk]}

    asked = page.desk.post(f"{page.address}?konfirmasi=terbitkan", page.shown | ticked).content.decode()

    year = timezone.localdate().year
    dialog = asked[asked.index('<dialog class="confirm is-') :]
    listed = re.findall(r"<li([^>]*)>([^<]*)</li>", dialog)
    assert re.search(r'id="terbitkan"[^>]*\bopen>', dialog)
    assert [number for hidden, number in listed if "hidden" not in hidden] == [
        f"B-001/63710/HM.310/{year}",
        f"B-002/63710/HM.310/{year}",
    ]
    assert re.findall(r'name="submissions"\s+form="terbitkan-form"\s+value="(\d+)"\s+checked', asked) == [
        str(three[0].pk),
        str(three[2].pk),
    ]
    assert '<form id="terbitkan-form"' in dialog
    assert "Terbitkan surat yang dicentang" in asked
    assert not Letter.objects.exists()


def test_the_dialog_names_no_number_that_is_not_reserved(page, three, petugas):
    Office.objects.update(letter_register=Office.LetterRegister.COMMON)
    reserve_numbers(year=timezone.localdate().year, first=90, last=91, reason="Kiriman hari ini", by=petugas)

    shown = page.read(page.desk.get(page.address))

    assert "B-090/" in shown
    assert "B-091/" in shown
    assert "B-092/" not in shown


def test_one_has_to_be_chosen(page):
    assert "Pilih surat yang diterbitkan." in page.press()
