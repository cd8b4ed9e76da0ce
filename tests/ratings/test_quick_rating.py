"""One touch of a face is kept at once and apart from the SKM; not to rate is a full answer."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client

from guestbook.models import Visit
from office import device_actions
from office.models import Counter, Device
from ratings.actions import NoSuchFace, rate_quickly
from ratings.models import QuickRating, Rating
from tests.factories import VisitFactory
from tests.pages import page
from tests.ratings.test_rate import ANSWERS

FACES = ["Sangat tidak puas", "Tidak puas", "Puas", "Sangat puas"]
KEPT = "Terima kasih, penilaian Anda tersimpan"
DECLINED = "Terima kasih atas kunjungan Anda"


@pytest.fixture
def tablet(counter: Counter) -> Client:
    device, browser = Device.objects.create(kind="tablet", name="di loket 1", counter=counter), Client()
    browser.post("/pasang/", {"code": device_actions.make_code(device, by=None)})
    return browser


def face(visit: Visit) -> int | None:
    return QuickRating.objects.get(visit=visit).face


def test_the_first_page_has_four_faces_from_the_worst_and_none_is_chosen(client, served):
    words = page(client, f"/nilai/{served.token}/", "Bagaimana layanan kami?")

    places = [words.index(f"</svg>\n                    {name}\n") for name in FACES]
    assert places == sorted(places)
    assert "checked" not in words
    assert "Tidak menilai" in words


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_one_touch_is_kept_at_once_and_leads_to_the_questions(client, served, petugas, value):
    answer = client.post(f"/nilai/{served.token}/", {"face": value})

    quick = QuickRating.objects.get()
    assert answer["Location"] == f"/nilai/{served.token}/pertanyaan/"
    assert (quick.visit, quick.officer, quick.face, quick.source) == (served, petugas, value, "telephone")
    assert Rating.objects.count() == 0


def test_who_touched_a_face_comes_to_the_questions_and_may_stop_there(client, served):
    client.post(f"/nilai/{served.token}/", {"face": 3})

    again = client.get(f"/nilai/{served.token}/")
    questions = page(client, f"/nilai/{served.token}/pertanyaan/", "Berhenti di sini")
    thanks = page(client, f"/nilai/{served.token}/terima-kasih/", KEPT)

    assert again["Location"] == f"/nilai/{served.token}/pertanyaan/"
    assert f'href="/nilai/{served.token}/terima-kasih/"' in questions
    assert "Survei Kepuasan Masyarakat" not in thanks
    assert (face(served), Rating.objects.count()) == (3, 0)


def test_who_came_to_the_questions_without_a_face_has_nothing_to_stop_with(client, served):
    words = page(client, f"/nilai/{served.token}/pertanyaan/", "Sembilan pertanyaan singkat")

    assert "Berhenti di sini" not in words


def test_after_the_face_the_nine_answers_are_one_rating_more_and_not_the_same(client, served):
    client.post(f"/nilai/{served.token}/", {"face": 1})
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)

    served.refresh_from_db()
    assert face(served) == 1
    assert set(Rating.objects.get().answers.values()) == {3}
    assert served.rated_at


def test_not_to_rate_is_a_full_answer_and_the_visitor_may_still_change_it(client, served):
    answer = client.post(f"/nilai/{served.token}/", {"face": "0"}, follow=True)

    assert DECLINED in answer.content.decode()
    assert face(served) is None
    assert Visit.objects.get(pk=served.pk).rated_at is None
    client.post(f"/nilai/{served.token}/", {"face": "4"})
    assert face(served) == 4


@pytest.mark.parametrize("second", ["1", "0"])
def test_the_first_face_stays(client, served, second):
    client.post(f"/nilai/{served.token}/", {"face": "4"})

    client.post(f"/nilai/{served.token}/", {"face": second})

    assert face(served) == 4


@pytest.mark.parametrize("value", ["", "5", "-1", "x", "1.5"])
def test_anything_else_is_no_face(client, served, value):
    words = client.post(f"/nilai/{served.token}/", {"face": value}).content.decode()

    assert "Sentuh satu wajah, atau pilih Tidak menilai." in words
    assert QuickRating.objects.count() == 0
    with pytest.raises(NoSuchFace):
        rate_quickly(served, face=5)


@pytest.mark.parametrize("value", [0, 5])
def test_the_database_refuses_a_face_that_there_is_not(served, value):
    with pytest.raises(IntegrityError, match="quick_rating_face_1_to_4"):
        QuickRating.objects.create(visit=served, face=value)


def test_a_closed_rating_takes_no_face(client, served):
    waiting = VisitFactory()

    early = client.post(f"/nilai/{waiting.token}/", {"face": "4"}).content.decode()
    with time_machine.travel(served.served_at + timedelta(days=9)):
        late = client.post(f"/nilai/{served.token}/", {"face": "4"}).content.decode()
    client.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)
    twice = client.post(f"/nilai/{served.token}/", {"face": "4"}).content.decode()

    assert "Penilaian dibuka setelah layanan selesai." in early
    assert "sudah ditutup pada" in late
    assert "Kunjungan ini sudah dinilai." in twice
    assert QuickRating.objects.count() == 0


@pytest.mark.parametrize("value", ["0", "2"])
def test_the_tablet_does_not_ask_a_visitor_who_has_answered(tablet, served, value):
    assert served.ticket in page(tablet, "/nilai/", "silakan nilai layanan kami")

    tablet.post(f"/nilai/{served.token}/", {"face": value})

    assert served.ticket not in page(tablet, "/nilai/", "Suara Anda memperbaiki layanan kami")
    assert QuickRating.objects.get().source == "tablet"


def test_readers_see_faces_apart_and_no_mean_counts_them(client_of, kepala):
    for value in (4, 4, 4, 4, 1, 3, *[None] * 6):
        QuickRating.objects.create(visit=VisitFactory(), face=value)

    answer = client_of(kepala).get("/penilaian/")

    assert answer.context["faces"] == dict(zip([*FACES, "Tidak menilai"], [1, 0, 0, 4, 5], strict=True))
    assert (answer.context["count"], answer.context["means"]) == (0, [])
    assert "tidak dihitung dalam indeks" in answer.content.decode()
