from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from office.account_actions import save_head
from office.models import Head, Office, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_a_password_set_by_an_admin_must_be_changed_before_anything_else(office, client, petugas):
    User.objects.filter(pk=petugas.pk).update(must_change_password=True)
    client.post(reverse("login"), {"username": "rina", "password": PASSWORD})

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


@pytest.mark.parametrize("pattern", ["B-{tahun}", "B-{urut!s:.0}/{tahun}"])
def test_a_letter_pattern_that_could_not_be_filled_in_is_refused(db, pattern):
    office = Office(letter_pattern=pattern)

    with pytest.raises(ValidationError) as refused:
        office.full_clean()

    assert "letter_pattern" in refused.value.message_dict


def test_the_action_takes_no_second_head_of_one_day(office, admin_user):
    first = Head(user=UserFactory(name="Budi Contoh"), **HALF_YEAR)
    save_head(first, by=admin_user)

    with pytest.raises(ValidationError, match="Kepala Budi Contoh sudah tercatat"):
        save_head(Head(user=UserFactory(), since_on=date(2026, 6, 30)), by=admin_user)
    save_head(first, by=admin_user)

    assert Head.objects.get() == first


HALF_YEAR = {"since_on": date(2026, 1, 1), "until_on": date(2026, 6, 30)}


@pytest.mark.parametrize(
    ("capacity", "since_on", "until_on"),
    [("", date(2026, 6, 30), None), ("Plt.", date(2025, 1, 1), date(2026, 1, 1)), ("", date(2025, 1, 1), None)],
)
def test_two_heads_of_one_day_are_refused_with_the_name_of_the_other(office, capacity, since_on, until_on):
    Head.objects.create(user=UserFactory(name="Budi Contoh"), **HALF_YEAR)

    with pytest.raises(ValidationError, match="Kepala Budi Contoh sudah tercatat"):
        Head(user=UserFactory(), capacity=capacity, since_on=since_on, until_on=until_on).full_clean()


@pytest.mark.parametrize(
    ("capacity", "since_on", "until_on"),
    [
        ("Plh.", date(2026, 2, 1), date(2026, 2, 3)),
        ("", date(2026, 7, 1), None),
        ("", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_plh_beside_the_head_and_a_successor_are_taken(office, capacity, since_on, until_on):
    first = Head.objects.create(user=UserFactory(), **HALF_YEAR)

    Head(user=UserFactory(), capacity=capacity, since_on=since_on, until_on=until_on).full_clean()
    first.full_clean()


def test_the_admin_reads_why_a_second_head_is_refused(client_of, admin_user, kepala):
    facts = {"user": UserFactory().pk, "capacity": "", "since_on": "2026-11-01", "until_on": ""}

    page = client_of(admin_user).post(reverse("admin:office_head_add"), facts).content.decode()

    assert "sudah tercatat pada sebagian tanggal ini" in page
    assert Head.objects.count() == 1
