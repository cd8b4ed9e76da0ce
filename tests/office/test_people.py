from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from office.models import Head, Office, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_a_password_set_by_an_admin_must_be_changed_before_anything_else(office, client, petugas):
    User.objects.filter(pk=petugas.pk).update(must_change_password=True)
    client.login(username="rina", password=PASSWORD)

    led = client.get("/loket/")
    changed = client.post(
        reverse("office:password_change"),
        {"old_password": PASSWORD, "new_password1": "sungai-kuin-pagi-7", "new_password2": "sungai-kuin-pagi-7"},
    )

    assert led.url == reverse("office:password_change")
    assert changed.url == reverse("office:account")
    assert client.get("/loket/").status_code == 200


def test_a_new_member_of_staff_must_change_the_password_and_the_first_account_need_not(db):
    first = User.objects.create_superuser("admin", "admin@contoh.example", "kata-sandi-contoh", name="Agus Contoh")
    hired = User.objects.create_user("rina", "rina@contoh.example", "kata-sandi-contoh", name="Rina Contoh")

    assert not first.must_change_password
    assert hired.must_change_password


@pytest.mark.ignore_template_errors  # Django's own templates
def test_the_admin_cannot_give_themselves_a_role(admin_user, client_of):
    form = client_of(admin_user).get(f"/kantor/office/user/{admin_user.pk}/change/").context["adminform"].form

    assert "username" in form.fields
    assert "groups" not in form.fields
    assert "is_superuser" not in form.fields


@pytest.mark.ignore_template_errors
def test_the_admin_gives_a_role_to_somebody_else(admin_user, client_of):
    somebody = UserFactory()

    form = client_of(admin_user).get(f"/kantor/office/user/{somebody.pk}/change/").context["adminform"].form

    assert "groups" in form.fields
    assert "user_permissions" not in form.fields


@pytest.mark.parametrize(
    ("day", "heads"),
    [
        (date(2026, 5, 31), ["Budi Contoh"]),
        (date(2026, 6, 1), ["Budi Contoh", "Siti Contoh"]),
        (date(2026, 6, 15), ["Siti Contoh"]),
    ],
)
def test_a_letter_is_signed_by_the_head_of_its_date(db, day, heads):
    budi, siti = UserFactory(name="Budi Contoh"), UserFactory(name="Siti Contoh")
    Head.objects.create(user=budi, since_on=date(2020, 1, 1), until_on=date(2026, 6, 1))
    Head.objects.create(user=siti, since_on=date(2026, 6, 1))

    found = sorted(str(head.user) for head in Head.objects.on(day))

    assert found == heads


@pytest.mark.parametrize("pattern", ["B-{tahun}", "B-{urut}/{nomor}", "B-{urut}-{urut}", "B-{urut", "B-{0}"])
def test_a_letter_pattern_that_could_not_be_filled_in_is_refused(db, pattern):
    office = Office(letter_pattern=pattern)

    with pytest.raises(ValidationError) as refused:
        office.full_clean()

    assert "letter_pattern" in refused.value.message_dict
