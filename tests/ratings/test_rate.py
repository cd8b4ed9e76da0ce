import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from complaints.models import Complaint
from guestbook import actions as guestbook
from guestbook.models import Visit
from office.formats import long_date
from ratings.actions import AlreadyRated, rate
from ratings.forms import RatingForm
from ratings.instruments import SKM_9
from ratings.models import Rating
from ratings.skm import ASPECTS
from tests.factories import VisitFactory, new_complaint
from tests.pages import page

THANKS = "Terima kasih, penilaian Anda tersimpan"
ANSWERS = {aspect.key: "3" for aspect in ASPECTS} | {"has_complaint": "tidak"}


def test_all_nine_questions_have_the_official_order_and_words(client, served):
    page = client.get(f"/nilai/{served.token}/pertanyaan/").content.decode()

    places = [page.index(aspect.question) for aspect in ASPECTS]
    assert places == sorted(places)
    for aspect in ASPECTS:
        words = re.findall(rf'name="{aspect.key}" value="(\d)"[^>]*>([^<]+)</label>', page)
        assert words == [(str(number), choice) for number, choice in enumerate(aspect.choices, start=1)]


def test_a_visit_is_rated_with_the_officer_who_served_it(client, served, petugas):
    answer = client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"remark": "Baik.", "biaya": "4"})

    rating = Rating.objects.get()
    assert answer["Location"] == f"/nilai/{served.token}/terima-kasih/"
    assert (rating.visit, rating.officer, rating.remark) == (served, petugas, "Baik.")
    assert (rating.instrument, rating.edition) == ("skm-9", "PermenPANRB 14/2017")
    assert rating.answers == dict.fromkeys(SKM_9.keys, 3) | {"biaya": 4}
    assert Complaint.objects.count() == 0


def test_a_rating_says_on_what_it_was_given_and_how_long_it_took(client, served):
    with time_machine.travel(timezone.now(), tick=False) as now:
        opened = opened_in(client.get(f"/nilai/{served.token}/pertanyaan/").content.decode())
        now.shift(95)
        client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"opened": opened})

    rating = Rating.objects.get()
    assert (rating.source, rating.seconds) == ("telephone", 95)


def opened_in(page: str) -> str:
    """Return the hidden time at which the questions were shown."""
    return re.search(r'name="opened" value="([^"]+)"', page)[1]


def test_after_a_missing_answer_the_time_still_counts_from_the_first_look(client, served):
    with time_machine.travel(timezone.now(), tick=False) as now:
        first = opened_in(client.get(f"/nilai/{served.token}/pertanyaan/").content.decode())
        now.shift(60)
        second = opened_in(client.post(f"/nilai/{served.token}/pertanyaan/", {"opened": first}).content.decode())

    assert second == first


@pytest.mark.parametrize("opened", ["", "x", "0", "9" * 5000, "eyJhdCI6MX0:1abcde:forged"])
def test_a_time_that_the_page_did_not_write_is_not_known(opened):
    form = RatingForm(ANSWERS | {"opened": opened})

    assert form.is_valid()
    assert form.seconds is None


def test_a_form_that_was_left_open_for_days_says_nothing_about_time():
    opened = RatingForm().initial["opened"]

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        form = RatingForm(ANSWERS | {"opened": opened})
        assert form.is_valid()
        assert form.seconds is None


@pytest.mark.parametrize(("number", "aspect"), list(enumerate(ASPECTS, start=1)))
def test_an_unanswered_question_is_named(client, served, number, aspect):
    answers = {name: value for name, value in ANSWERS.items() if name != aspect.key}

    page = client.post(f"/nilai/{served.token}/pertanyaan/", answers).content.decode()

    assert f"Pertanyaan {number} belum dijawab." in page
    assert Rating.objects.count() == 0


@pytest.mark.parametrize("value", ["0", "5", "-1", "x", "3.5"])
def test_an_answer_outside_one_to_four_is_refused(value):
    form = RatingForm(ANSWERS | {"waktu": value})

    assert form.errors == {"waktu": ["Pertanyaan 3 belum dijawab."]}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"has_complaint": "ya", "complaint": "  "}, "complaint"),
        ({"has_complaint": "ya", "complaint": "x" * 4001}, "complaint"),
        ({"remark": "x" * 2001}, "remark"),
    ],
)
def test_missing_and_too_long_texts_are_named(facts, field):
    assert list(RatingForm(ANSWERS | facts).errors) == [field]


@pytest.mark.parametrize("text", ["", "Antrian panjang."])
def test_without_a_choice_there_is_a_complaint_if_it_was_typed(client, served, text):
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"has_complaint": "", "complaint": text})

    assert Rating.objects.count() == 1
    assert list(Complaint.objects.values_list("text", flat=True)) == ([text] if text else [])


def test_a_withdrawn_complaint_is_not_saved(client, served):
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"has_complaint": "tidak", "complaint": "Tidak jadi."})

    assert Rating.objects.count() == 1
    assert Complaint.objects.count() == 0


def test_a_complaint_gets_a_code_of_four_groups(client, served):
    complaint = ANSWERS | {"has_complaint": "ya", "complaint": "Antrian panjang."}

    first = client.post(f"/nilai/{served.token}/pertanyaan/", complaint, follow=True).content.decode()

    code = Complaint.objects.get().shown_code
    assert re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}", code)
    assert code in first
    assert served.ticket not in first  # a photograph of the code does not tell whose it is


def test_a_complaint_with_a_rating_names_the_officer_but_neither_the_visit_nor_the_visitor(client, served, petugas):
    client.post(
        f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"has_complaint": "ya", "complaint": "Antrian panjang."}
    )

    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.about) == ("rating", petugas)
    assert complaint.is_anonymous
    assert (complaint.visit, complaint.reporter_name) == (None, "")


def test_the_code_is_not_shown_to_another_browser_or_for_another_visit(client, served, petugas, counter):
    visit = guestbook.call(VisitFactory(), counter, by=petugas)
    other = guestbook.finish(guestbook.start(visit, by=petugas), by=petugas)
    client.post(f"/nilai/{other.token}/pertanyaan/", ANSWERS)
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"has_complaint": "ya", "complaint": "Lama."})

    stranger = page(Client(), f"/nilai/{served.token}/terima-kasih/", THANKS)
    another = page(client, f"/nilai/{other.token}/terima-kasih/", THANKS)

    code = Complaint.objects.get().shown_code
    assert code not in stranger
    assert code not in another


def test_a_visit_is_rated_once(client, served):
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)

    answer = client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"waktu": "1"})

    assert "Kunjungan ini sudah dinilai. Terima kasih." in answer.content.decode()
    assert Rating.objects.get().answers["waktu"] == 3


def typed_complaint(client, served, **facts) -> dict[str, str]:
    """Return a filled form with a complaint, and the token of the page that `client` opens."""
    form = client.get(f"/nilai/{served.token}/pertanyaan/").context["form"]
    token = {"form_token": str(form["form_token"].value())}
    return ANSWERS | {"has_complaint": "ya", "complaint": "Antrian panjang."} | token | facts


def test_a_form_with_a_complaint_that_is_sent_twice_leads_to_its_code(client, served):
    typed = typed_complaint(client, served)
    client.post(f"/nilai/{served.token}/pertanyaan/", typed)

    again = client.post(f"/nilai/{served.token}/pertanyaan/", typed, follow=True).content.decode()
    later = client.post(f"/nilai/{served.token}/pertanyaan/", typed, follow=True).content.decode()

    code = Complaint.objects.get().shown_code
    assert code in again
    assert code in later  # the code was shown once already: the form finds its complaint by its token


def test_a_complaint_typed_while_another_device_rated_is_saved_and_gets_its_code(client, served):
    typed = typed_complaint(client, served)
    Client().post(f"/nilai/{served.token}/pertanyaan/", ANSWERS | {"waktu": "1"})

    shown = client.post(f"/nilai/{served.token}/pertanyaan/", typed, follow=True).content.decode()

    complaint = Complaint.objects.get()
    assert complaint.shown_code in shown
    assert (complaint.text, complaint.visit) == ("Antrian panjang.", None)
    assert Rating.objects.get().answers["waktu"] == 1


def test_a_late_complaint_that_is_changed_after_it_was_saved_is_asked_about_once_more(client, served):
    typed = typed_complaint(client, served)
    client.post(f"/nilai/{served.token}/pertanyaan/", typed, follow=True)

    changed = client.post(f"/nilai/{served.token}/pertanyaan/", typed | {"complaint": "Antrian dan parkir."})
    token = changed.context["form"]["form_token"].value()
    client.post(f"/nilai/{served.token}/pertanyaan/", typed | {"complaint": "Parkir penuh.", "form_token": token})

    assert changed.status_code == 409
    assert "Antrian dan parkir." in changed.content.decode()
    assert {one.text for one in Complaint.objects.all()} == {"Antrian panjang.", "Parkir penuh."}


def test_two_forms_sent_at_once_make_one_rating(client, served, monkeypatch):
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)
    monkeypatch.setattr("ratings.actions.refusal", lambda visit: None)  # the other request had not ended yet

    answer = client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)

    assert "Kunjungan ini sudah dinilai. Terima kasih." in answer.content.decode()
    assert Rating.objects.count() == 1


def test_a_visit_that_is_not_served_cannot_be_rated(client, office):
    visit = VisitFactory()

    pages = [client.get(f"/nilai/{visit.token}/"), client.post(f"/nilai/{visit.token}/pertanyaan/", ANSWERS)]

    assert all("Penilaian dibuka setelah layanan selesai." in page.content.decode() for page in pages)
    assert Rating.objects.count() == 0


def test_a_link_works_for_seven_days_and_then_says_that_it_is_closed(client, served):
    page, phone = f"/nilai/{served.token}/", f"/antrian/{served.token}/"

    with time_machine.travel(midnight_after(served.day + timedelta(days=7)) - timedelta(seconds=1)):
        assert "Bagaimana layanan kami?" in client.get(page).content.decode()
        assert f'href="{page}"' in client.get(phone).content.decode()
    with time_machine.travel(midnight_after(served.day + timedelta(days=7))):
        closed = [client.get(page).content.decode(), client.post(page, ANSWERS).content.decode()]
        told = client.get(phone).content.decode()

    until = long_date(served.day + timedelta(days=7))
    for words in closed:
        assert f"Penilaian kunjungan R-001 sudah ditutup pada {until}." in words
        assert "Pengaduan tetap diterima" in words
    assert f"sudah ditutup pada {until}." in told
    assert page not in told
    assert Rating.objects.count() == 0


def midnight_after(day: date) -> datetime:
    """Return the moment when the local `day` ends."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def test_the_thanks_of_a_visit_that_is_not_rated_lead_to_the_questions(client, served):
    assert client.get(f"/nilai/{served.token}/terima-kasih/")["Location"] == f"/nilai/{served.token}/"


def test_the_rating_pages_show_the_number_and_no_name(client, served, petugas):
    pages = [client.get(f"/nilai/{served.token}/")]
    pages.append(client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS, follow=True))
    pages.append(client.get(f"/nilai/{served.token}/"))

    for shown in pages:
        assert "no-store" in shown["Cache-Control"]
        assert served.ticket in shown.content.decode()
        for word in (served.visitor.name, petugas.name, "budi@"):
            assert word not in shown.content.decode()


def test_an_unknown_token_is_not_found(client, office):
    assert client.get("/nilai/tidak-ada/").status_code == 404


def test_a_complaint_that_is_not_saved_is_no_rating_that_was_given_before(served, monkeypatch):
    new_complaint()
    code = Complaint.objects.get().code
    monkeypatch.setattr(Complaint._meta.get_field("code"), "_get_default", lambda: code)  # one chance in 2^79

    with pytest.raises(IntegrityError):
        rate(served, answers=dict.fromkeys(SKM_9.keys, 3), remark="", complaint="Antrean lama.")

    served.refresh_from_db()
    assert (Rating.objects.count(), served.rated_at) == (0, None)


def test_a_visit_that_is_rated_twice_at_once_has_one_rating(served):
    late = Visit.objects.get(pk=served.pk)
    rate(served, answers=dict.fromkeys(SKM_9.keys, 3), remark="", complaint="")

    with pytest.raises(AlreadyRated):
        rate(late, answers=dict.fromkeys(SKM_9.keys, 1), remark="", complaint="Antrean lama.")

    assert (Rating.objects.count(), Complaint.objects.count()) == (1, 0)
