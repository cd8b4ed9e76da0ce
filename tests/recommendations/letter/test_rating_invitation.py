"""The mail, the page behind the link, the applicant's page and the receipt invite to rate after the letter."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Complaint
from guestbook.models import Visit
from guestbook.workflow import Status
from ratings.models import QuickRating, Rating
from recommendations.letter.actions.downloads import fetch_letter
from recommendations.letter.actions.sending import hand_over
from recommendations.letter.delivery import owe_letter_mail
from recommendations.letter.downloads import offered_link
from recommendations.models import RatingLink, Submission
from tests.factories import RatingFactory, VisitFactory, skm_answers
from tests.pages import page
from tests.ratings.test_rate import ANSWERS

pytestmark = pytest.mark.usefixtures("quick_paper")
INVITED = "Bagaimana layanan kami?"
EARLY = "Penilaian dibuka setelah surat rekomendasi diterima."


@pytest.fixture
def visit(verified) -> Visit:
    """Return the served visit of the submission, which can be rated today."""
    visit = VisitFactory(status=Status.SERVED)
    Submission.objects.filter(pk=verified.pk).update(visit=visit)
    return visit


@pytest.fixture
def link(mail, petugas) -> RatingLink:
    """Return the rating link of a letter that was handed over today."""
    give(mail, petugas)
    return RatingLink.objects.get()


def give(mail, petugas, **more) -> None:
    hand_over(mail.letter.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas, **more)


def address(link: RatingLink) -> str:
    return reverse("ratings:rate", args=[link.token])


def questions(link: RatingLink) -> str:
    return reverse("ratings:rate_questions", args=[link.token])


def pages(letter) -> list[str]:
    """Return the pages that the applicant can open after the letter was handed over."""
    link, browser = offered_link(letter), Client()
    own = reverse("recommendations:track", args=[letter.submission.token])
    behind_link = reverse("recommendations:download_page", args=[link.token])
    return [page(browser, own, "Surat rekomendasi"), page(browser, behind_link, "Surat rekomendasi Anda")]


def test_the_mail_and_both_pages_invite_with_the_link_of_the_letter_and_not_of_the_visit(visit, mail, petugas):
    body = owe_letter_mail(mail.pk).body
    give(mail, petugas)

    link = RatingLink.objects.get()
    assert address(link) in body
    assert "Sembilan pertanyaan singkat" in body
    assert [address(link) in shown and INVITED in shown for shown in pages(mail.letter)] == [True, True]
    assert [visit.token in shown for shown in (body, *pages(mail.letter))] == [False] * 3


def test_the_printed_receipt_has_the_code(mail, client_of, petugas):
    form = reverse("recommendations:receipt_form", args=[mail.letter.pk])

    assert "Kode QR penilaian layanan" in page(client_of(petugas), form, "Tanda terima surat")
    RatingLink.objects.update(rated_at=timezone.now())
    assert "Kode QR penilaian layanan" not in page(client_of(petugas), form, "Tanda terima surat")


def test_before_the_letter_arrived_the_link_is_closed(mail):
    link = RatingLink.objects.get()

    answers = [Client().get(address(link)), Client().post(questions(link), ANSWERS)]

    assert [EARLY in answer.content.decode() for answer in answers] == [True, True]
    assert Rating.objects.count() == 0


def test_a_rated_visit_and_a_rated_letter_are_two_ratings(visit, link, petugas):
    RatingFactory(visit=visit, answers=skm_answers(1))

    Client().post(address(link), {"face": "4"})
    answer = Client().post(questions(link), ANSWERS | {"remark": "Jelas."}, follow=True)

    rating = Rating.objects.get(visit=None)
    assert "Terima kasih, penilaian Anda tersimpan" in answer.content.decode()
    assert (rating.submission, rating.officer, rating.source) == (link.submission, petugas, "telephone")
    assert QuickRating.objects.get().submission == link.submission
    assert Visit.objects.get(pk=visit.pk).rated_at is None


def test_a_link_is_used_once(link, mail):
    Client().post(questions(link), ANSWERS)

    again = Client().post(questions(link), ANSWERS | {"waktu": "1"}).content.decode()
    body = owe_letter_mail(mail.pk).body

    assert "Layanan ini sudah dinilai." in again
    assert Rating.objects.get().answers["waktu"] == 3
    assert [INVITED in shown for shown in (body, *pages(mail.letter))] == [False] * 3


def test_the_link_is_open_for_thirty_days_after_the_delivery(link):
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert INVITED in Client().get(address(link)).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        closed = Client().post(questions(link), ANSWERS).content.decode()

    assert "Penilaian surat rekomendasi sudah ditutup pada" in closed
    assert Rating.objects.count() == 0


def test_who_fetches_the_letter_by_its_link_may_rate(mail):
    fetch_letter(offered_link(mail.letter))

    assert RatingLink.objects.get().delivered_on == timezone.localdate()


def test_a_used_link_keeps_the_day_of_the_rated_delivery(link, mail, petugas):
    Client().post(questions(link), ANSWERS)

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        give(mail, petugas, again=True)

    assert RatingLink.objects.get().delivered_on == link.delivered_on


def test_a_colleague_cannot_rate_a_letter(link, client_of, kepala):
    answer = client_of(kepala).post(questions(link), ANSWERS)

    assert (answer.status_code, Rating.objects.count()) == (403, 0)


def test_the_pages_name_nobody_and_lead_back_to_the_applicants_page(link):
    shown = page(Client(), address(link), INVITED)
    thanks = Client().post(questions(link), ANSWERS, follow=True).content.decode()

    assert reverse("recommendations:track", args=[link.submission.token]) in thanks
    for words in (shown, thanks):
        assert link.submission.applicant.name not in words
        assert link.submission.officer.name not in words


def test_a_complaint_after_the_letter_names_no_visit_officer_or_applicant(visit, link):
    Client().post(questions(link), ANSWERS | {"has_complaint": "ya", "complaint": "Lama."})

    complaint = Complaint.objects.get()
    assert (complaint.text, complaint.channel, complaint.is_anonymous) == ("Lama.", "rating", True)
    assert (complaint.visit, complaint.about, complaint.reporter_name) == (None, None, "")


def test_readers_do_not_learn_by_whom_a_remark_was_written(link, client_of, kepala):
    Client().post(questions(link), ANSWERS | {"remark": "Jelas."})

    shown = page(client_of(kepala), "/penilaian/", "Penilaian")

    assert "Jelas." not in shown
    assert link.submission.applicant.name not in shown
    assert link.submission.register not in shown


@pytest.mark.parametrize("kind", [Rating, QuickRating])
@pytest.mark.parametrize("both", [True, False])
def test_a_rating_belongs_to_exactly_one_of_visit_and_submission(visit, verified, kind, both):
    about = {"visit": visit, "submission": verified} if both else {}
    facts = {"instrument": "skm-9", "edition": "x", "answers": skm_answers(3)} if kind is Rating else {"face": 3}

    with pytest.raises(IntegrityError, match="rating_of_visit_"):
        kind.objects.create(**about, **facts)


def test_before_the_letter_is_given_the_applicants_page_does_not_ask(visit, signed):
    own = reverse("recommendations:track", args=[signed.submission.token])

    assert INVITED not in page(Client(), own, "Surat rekomendasi sudah terbit")
