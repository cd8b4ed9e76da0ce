import pytest
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visitor
from guestbook.skd import CLASSES, Sex
from tests.factories import VisitorFactory
from tests.pages import page

CHOSEN = {
    "sex": "female",
    "age_class": "26_34",
    "education": "bachelor",
    "occupation": "civil",
    "agency_category": "local",
    "data_use": "government",
}


def classes_of(visitor: Visitor) -> dict[str, str]:
    return Visitor.objects.values(*CLASSES).get(pk=visitor.pk)


def test_the_classes_are_those_of_the_survey():
    sizes = {name: len(classes.values) for name, (_, classes) in CLASSES.items()}

    assert sizes == {
        "sex": 2,
        "age_class": 7,
        "education": 5,
        "occupation": 7,
        "agency_category": 9,
        "data_use": 5,
    }


def test_a_visitor_is_classified_with_who_did_it_and_when(petugas):
    visitor, before = VisitorFactory(), timezone.now()

    actions.classify_visitor(visitor, by=petugas, **CHOSEN)

    visitor.refresh_from_db()
    assert classes_of(visitor) == CHOSEN
    assert visitor.classified_by == petugas
    assert visitor.classified_at >= before


def test_classes_that_are_not_named_stay(petugas):
    visitor = VisitorFactory(sex=Sex.FEMALE, education="master")

    actions.classify_visitor(visitor, by=petugas, education="")

    assert classes_of(visitor) == dict.fromkeys(CLASSES, "") | {"sex": "female"}


@pytest.mark.parametrize("wrong", [{"sex": "robot"}, {"name": "Orang Lain"}])
def test_a_value_that_is_no_class_of_the_survey_refuses_the_whole_form(petugas, wrong):
    visitor = VisitorFactory(name="Budi Contoh")

    with pytest.raises(actions.NotAClass):
        actions.classify_visitor(visitor, by=petugas, education="master", **wrong)

    assert classes_of(visitor) == dict.fromkeys(CLASSES, "")
    assert Visitor.objects.get(pk=visitor.pk).name == "Budi Contoh"


def test_the_console_offers_every_class_and_says_how_many_are_filled(client_of, petugas, serving):
    actions.classify_visitor(serving.visitor, by=petugas, sex="male", education="master")

    page = client_of(petugas).get("/loket/1/").content.decode()

    assert all(f'name="{name}"' in page for name in CLASSES)
    assert "2 dari 6 terisi" in page
    assert '<option value="master" selected>S2</option>' in page


def test_a_choice_saves_itself_and_says_when(client_of, petugas, serving):
    answer = client_of(petugas).post(f"/loket/1/{serving.pk}/data-skd/", CHOSEN, headers={"hx-request": "true"})

    assert classes_of(serving.visitor) == CHOSEN
    assert "6 dari 6 terisi, tersimpan" in answer.content.decode()


def test_classes_are_kept_without_script_too_and_an_unknown_one_changes_nothing(client_of, petugas, serving):
    desk, address = client_of(petugas), f"/loket/1/{serving.pk}/data-skd/"
    desk.post(address, CHOSEN)

    answer = desk.post(address, CHOSEN | {"sex": "robot", "education": "school"}, follow=True)

    assert classes_of(serving.visitor) == CHOSEN
    assert "Pilih sekali lagi dari daftar." in answer.content.decode()


def test_another_counter_does_not_classify_my_visitor(client_of, petugas, serving):
    answer = client_of(petugas).post(f"/loket/2/{serving.pk}/data-skd/", CHOSEN)

    assert answer.status_code == 404
    assert classes_of(serving.visitor) == dict.fromkeys(CLASSES, "")


@pytest.mark.parametrize("prefix", ["R", "K"])
def test_the_kiosk_never_asks_for_a_class(client, office, draw, prefix):
    form = page(client, f"/kios/layanan/{prefix}/", "Siapa yang kami layani?")
    visit = draw(prefix, sex="male", education="master")

    assert 'name="name"' in form
    assert not [name for name in CLASSES if f'name="{name}"' in form]
    assert classes_of(visit.visitor) == dict.fromkeys(CLASSES, "")


def test_a_console_page_of_before_a_correction_does_not_put_old_classes_back(client_of, petugas, serving):
    desk, address = client_of(petugas), f"/loket/1/{serving.pk}/data-skd/"
    actions.classify_visitor(serving.visitor, by=petugas, sex="male", education="master")
    open_page = page(desk, "/loket/1/", "2 dari 6 terisi")
    shown = {name: getattr(serving.visitor, name) for name in CLASSES} | {"sex": "male", "education": "master"}
    assert '<input type="hidden" name="initial-sex" value="male"' in open_page
    correction = {"changes": {"education": "doctor"}, "reason": "Salah pilih."}
    actions.correct_visit(serving, **correction, by=petugas)

    one = desk.post(address, {"data_use": "research"}, headers={"hx-request": "true"})
    first = {f"initial-{name}": value for name, value in shown.items()}
    desk.post(address, shown | first | {"sex": "female"})

    kept = dict.fromkeys(CLASSES, "") | {"sex": "female", "education": "doctor", "data_use": "research"}
    assert classes_of(serving.visitor) == kept
    assert "3 dari 6 terisi" in one.content.decode()


def test_each_choice_on_the_console_is_sent_alone(client_of, petugas, serving):
    text = page(client_of(petugas), "/loket/1/", "Data kunjungan (SKD)")

    assert all(f'hx-params="{name}"' in text for name in CLASSES)
