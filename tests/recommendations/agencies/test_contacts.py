import uuid
from datetime import date

import pytest

from recommendations.agencies.actions.contacts import register_applicant
from recommendations.models import Agency, Applicant

FACTS = {
    "name": "Budi Contoh",
    "position": "Staf",
    "phone": "+6281200000001",
    "email": "budi@contoh.example",
    "romantik_username": "budi",
    "romantik_assisted_on": None,
}
pytestmark = pytest.mark.django_db


def test_spelling_variants_of_a_name_are_one_agency():
    Agency.objects.create(name="Dinas Sosial")

    applicant = register_applicant(agency_name=" DINAS  sosial", **FACTS)

    assert applicant.agency.name == "Dinas Sosial"
    assert Agency.objects.count() == 1


def test_the_same_agency_and_email_updates_the_same_account():
    first = register_applicant(agency_name="Dinas Sosial", **FACTS)

    again = register_applicant(
        agency_name="Dinas Sosial", **FACTS | {"email": "Budi@contoh.example", "phone": "+6281200000009"}
    )

    assert again.pk == first.pk
    assert Applicant.objects.get().phone == "+6281200000009"


def test_an_empty_user_name_does_not_erase_the_known_romantik_user_name():
    register_applicant(agency_name="Dinas Sosial", **FACTS)

    again = {"romantik_username": "", "romantik_assisted_on": date(2026, 11, 23)}
    register_applicant(agency_name="Dinas Sosial", **FACTS | again)

    assert Applicant.objects.get().romantik_username == "budi"


def test_another_email_is_another_account():
    register_applicant(agency_name="Dinas Sosial", **FACTS)

    register_applicant(agency_name="Dinas Sosial", **FACTS | {"email": f"{uuid.uuid4().hex}@contoh.example"})

    assert Applicant.objects.count() == 2
