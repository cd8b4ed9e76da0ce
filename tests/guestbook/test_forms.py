import uuid

import pytest

from guestbook.forms.reception import IdentityForm
from guestbook.models import Visit, Visitor
from office.models import Service


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890", "0812-3456-7890", "0812 3456 7890", "0812.3456.7890", "+6281234567890", "+62 812-3456-7890",
        "6281234567890", "62 812 3456 7890", "(0812) 3456 7890", "(+62) 0812-3456-7890", "0062 812 3456 7890",
        "81234567890", "0812\u20133456\u20137890", "0812\u00a03456\u00a07890", "81234567890.0",
        "\u202a+62 812-3456-7890\u202c",
    ],
)  # fmt: skip
def test_every_indonesian_spelling_of_a_number_is_stored_in_one_form(service_r, identity, typed):
    form = IdentityForm(identity | {"phone": typed}, service=service_r)

    assert form.is_valid(), form.errors
    assert form.instance.phone == "+6281234567890"


@pytest.mark.parametrize("typed", ["0812", "abc", "08123456789012345", "0812-3456-78x0"])
def test_a_text_that_is_no_telephone_number_is_refused_with_an_example(service_r, identity, typed):
    form = IdentityForm(identity | {"phone": typed}, service=service_r)

    assert list(form.errors) == ["phone"]
    assert "contoh: 0812-3456-7890." in form.errors["phone"][0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "\u200b\u200b"}, "Isi nama lengkap Anda."),
        ({"agency": "\ufffe\u00a0"}, "Isi nama instansi Anda."),
        ({"position": "\u3164"}, "Isi jabatan Anda."),
        ({"phone": "\u2060"}, "Isi nomor HP, contoh: 0812-3456-7890."),
        ({"email": "\ufeff"}, "Isi alamat e-mail, contoh: nama@instansi.go.id"),
    ],
)
def test_an_answer_of_invisible_characters_counts_as_empty(service_r, identity, typed, words):
    form = IdentityForm(identity | typed, service=service_r)

    assert list(form.errors.values()) == [[words]]


def test_invisible_characters_in_an_answer_are_not_kept(service_r, identity):
    pasted = {"name": "\u202eBudi\ufffe Contoh", "email": "budi\u200b@contoh.example"}

    form = IdentityForm(identity | pasted, service=service_r)

    assert form.is_valid(), form.errors
    assert (form.instance.name, form.instance.email) == ("Budi Contoh", "budi@contoh.example")


def test_a_visitor_from_abroad_is_known_again_by_the_number(service_r, identity):
    for typed in ("+60 12-345 6789", "0060123456789"):
        form = IdentityForm(identity | {"phone": typed}, service=service_r)
        form.is_valid()
        form.save()

    assert len(set(Visitor.objects.values_list("phone", flat=True))) == 1


@pytest.mark.parametrize("name", ["B", "B" * 200, "Dr. H. Ḥusain Contoh, S.Si.", "<b>Budi</b>"])
def test_names_from_one_to_two_hundred_letters_are_kept_as_typed(service_r, identity, name):
    form = IdentityForm(identity | {"name": name}, service=service_r)

    assert form.is_valid(), form.errors
    assert form.instance.name == name


def test_a_name_over_the_limit_is_refused_with_the_limit(service_r, identity):
    form = IdentityForm(identity | {"name": "B" * 201}, service=service_r)

    assert form.errors == {"name": ["Paling panjang 200 huruf. Singkatkan; sekarang 201 huruf."]}


@pytest.mark.parametrize("name", ["name", "agency", "position", "phone", "email"])
def test_the_recommendation_service_asks_for_everything(service_r, identity, name):
    form = IdentityForm(identity | {name: " "}, service=service_r)

    assert list(form.errors) == [name]
    assert form.errors[name][0].startswith("Isi ")


def test_an_unfinished_email_is_refused_with_an_example(service_r, identity):
    form = IdentityForm(identity | {"email": "budi@contoh"}, service=service_r)

    assert form.errors == {"email": ["Belum lengkap, contoh: nama@instansi.go.id"]}


def test_other_services_ask_only_for_a_name(office):
    service = Service.objects.get(prefix="K")

    form = IdentityForm({"name": "Sari Contoh", "form_token": str(uuid.uuid4())}, service=service)

    assert set(form.fields) == {"name", "phone", "needs_priority", "form_token"}
    assert form.is_valid(), form.errors
    assert form.instance.phone == ""


def test_a_request_for_priority_is_stored_as_asked(service_r, identity):
    form = IdentityForm(identity | {"needs_priority": "on"}, service=service_r)

    assert form.is_valid()
    assert form.priority == Visit.Priority.ASKED


@pytest.mark.parametrize("token", [None, "", "bukan-token"])
def test_a_form_without_its_token_keeps_what_was_typed_and_gets_a_new_token(service_r, identity, token):
    typed = {name: value for name, value in identity.items() if name != "form_token"}
    form = IdentityForm(typed | ({} if token is None else {"form_token": token}), service=service_r)

    assert not form.is_valid()
    assert "terlalu lama terbuka" in form.non_field_errors()[0]
    assert form["name"].value() == "Budi Contoh"
    assert uuid.UUID(form["form_token"].value())
