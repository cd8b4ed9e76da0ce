"""Everything about accounts and rights is an event, on a page for Kepala and admin, and mailed to whom it concerns."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from office import device_actions
from office.account_actions import note_account
from office.models import AccountEvent, Device, Head, Mail, User
from pst_desk import roles
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # Django's own pages of the admin
NEW = "sungai-kuin-pagi-7"
Kind = AccountEvent.Kind


@pytest.fixture
def plh(office) -> User:
    """Return a Plh. who heads the office beside the Kepala."""
    user = UserFactory(username="lia", name="Lia Contoh", email="lia@contoh.example")
    Head.objects.create(user=user, capacity="Plh.", since_on=date(2020, 1, 1))
    return user


@pytest.fixture
def admin(admin_user, client_of) -> Client:
    return client_of(admin_user)


def kinds() -> list[str]:
    return list(AccountEvent.objects.order_by("pk").values_list("kind", flat=True))


def receivers() -> list[str]:
    """Return who gets a mail about an event, in alphabetical order."""
    return sorted(Mail.objects.filter(key__startswith="account:").values_list("to", flat=True))


def rows_of(page: str) -> int:
    return page.count('<th scope="row">')


def account_facts(user: User, **changes) -> dict:
    """Return what the admin's page of the account sends."""
    facts = {"username": user.username, "name": user.name, "nip": user.nip, "nik": user.nik, "email": user.email}
    ticks = {"is_active": "on", "groups": [group.pk for group in user.groups.all()]}
    return facts | ticks | changes


def save_account_page(client: Client, user: User, **changes) -> None:
    facts = account_facts(user, **changes)
    answer = client.post(reverse("admin:office_user_change", args=[user.pk]), facts)
    assert answer.status_code == 302


def test_the_admin_sets_the_kepala_s_password_and_two_mails_and_one_row_say_so(
    admin, admin_user, kepala, plh, client_of
):
    answer = admin.post(
        reverse("admin:auth_user_password_change", args=[kepala.pk]),
        {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"},
    )

    page = client_of(plh_with_page(plh)).get("/akun/peristiwa/").content.decode()
    mail = Mail.objects.get(to=kepala.email)
    assert answer.status_code == 302
    assert receivers() == sorted([kepala.email, plh.email])
    assert rows_of(page) == 1
    for words in ("Kata sandi diatur orang lain", kepala.name, admin_user.name):
        assert words in page
        assert words in mail.body
    assert NEW not in mail.body


def plh_with_page(user: User) -> User:
    user.groups.add(Group.objects.get(name=roles.KEPALA))
    return user


def test_a_password_that_is_refused_is_no_event(admin, kepala):
    facts = {"password1": NEW, "password2": "lain-sama-sekali-9", "usable_password": "true"}

    answer = admin.post(reverse("admin:auth_user_password_change", args=[kepala.pk]), facts)

    assert answer.status_code == 200
    assert kinds() == []


def test_a_password_that_the_owner_changes_is_mailed_to_the_owner_alone(petugas, kepala, client_of):
    facts = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}

    client_of(petugas).post(reverse("office:password_change"), facts)

    assert kinds() == [Kind.PASSWORD_CHANGED]
    assert receivers() == [petugas.email]


def test_a_new_account_with_roles_and_a_plh_row_is_three_events_that_the_kepala_reads(admin, kepala):
    group = Group.objects.get(name=roles.KEPALA)
    facts = {"username": "palsu", "name": "Palsu Contoh", "email": "palsu@contoh.example", "groups": [group.pk]}
    secrets = {"usable_password": "true", "password1": NEW, "password2": NEW}

    admin.post(reverse("admin:office_user_add"), facts | secrets)
    made = User.objects.get(username="palsu")
    head = {"user": made.pk, "capacity": "Plh.", "since_on": "2026-11-01", "until_on": ""}
    admin.post(reverse("admin:office_head_add"), head)

    assert kinds() == [Kind.ACCOUNT_ADDED, Kind.ROLE_GIVEN, Kind.HEAD_ENTERED]
    assert receivers().count(kepala.email) == 3
    assert receivers().count("palsu@contoh.example") == 3
    assert made.must_change_password
    assert AccountEvent.objects.get(kind=Kind.ROLE_GIVEN).note == roles.KEPALA


def test_a_role_is_given_and_another_taken(admin, petugas):
    save_account_page(admin, petugas, groups=[Group.objects.get(name=roles.ADMIN).pk])

    notes = dict(AccountEvent.objects.values_list("kind", "note"))
    assert notes == {Kind.ROLE_GIVEN: roles.ADMIN, Kind.ROLE_TAKEN: roles.PETUGAS}


def test_a_changed_address_is_mailed_to_the_old_one_too(admin, kepala):
    old = kepala.email

    save_account_page(admin, kepala, email="lain@contoh.example")

    assert kinds() == [Kind.EMAIL_CHANGED]
    assert receivers() == sorted([old, "lain@contoh.example"])


def test_a_changed_account_says_what_changed_without_the_personal_data(admin, petugas):
    save_account_page(admin, petugas, nik="1234567890123456", is_active="")

    event = AccountEvent.objects.get()
    assert event.kind == Kind.ACCOUNT_CHANGED
    assert "NIK" in event.note
    assert "aktif: tidak" in event.note
    assert "1234567890123456" not in event.note + Mail.objects.get(to=petugas.email).body


def test_an_account_saved_as_it_was_is_no_event(admin, petugas, kepala):
    save_account_page(admin, petugas)
    row = Head.objects.get(user=kepala)
    facts = {"user": kepala.pk, "capacity": "", "since_on": row.since_on, "until_on": ""}
    answer = admin.post(reverse("admin:office_head_change", args=[row.pk]), facts)

    assert answer.status_code == 302
    assert kinds() == []


@pytest.mark.parametrize("how", ["ended", "given to another", "deleted", "deleted from the list"])
def test_a_head_put_out_of_office_gets_the_mail(admin, admin_user, kepala, how):
    row = Head.objects.get(user=kepala)
    facts = {"user": kepala.pk, "capacity": "", "since_on": "2020-01-01", "until_on": ""}
    change = reverse("admin:office_head_change", args=[row.pk])

    if how == "ended":
        admin.post(change, facts | {"until_on": "2020-01-02"})
    elif how == "given to another":
        admin.post(change, facts | {"user": admin_user.pk})
    elif how == "deleted":
        admin.post(reverse("admin:office_head_delete", args=[row.pk]), {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        admin.post(reverse("admin:office_head_changelist"), chosen)

    assert kinds() == [Kind.HEAD_CHANGED if how in ("ended", "given to another") else Kind.HEAD_REMOVED]
    assert kepala.email in receivers()
    assert not Head.objects.filter(user=kepala, until_on=None).exists()


def test_a_paired_and_revoked_device_is_mailed_to_the_kepala_and_to_whom_the_code_belonged(admin_user, kepala, client):
    device = Device.objects.create(kind="kiosk", name="di pintu")
    code = device_actions.make_code(device, by=admin_user)
    assert receivers() == []

    client.post("/pasang/", {"code": code})
    paired = receivers()
    device_actions.revoke(device, by=admin_user)

    assert kinds() == [Kind.DEVICE_CODE, Kind.DEVICE_PAIRED, Kind.DEVICE_REVOKED]
    assert paired == sorted([kepala.email, admin_user.email])
    assert receivers().count(kepala.email) == 2
    bodies = "".join(Mail.objects.values_list("body", flat=True))
    assert "kios di pintu" in bodies
    assert code not in bodies


def test_a_wrong_code_is_no_event(client, office):
    answer = client.post("/pasang/", {"code": "ABCD-2345"})

    assert answer.status_code == 400
    assert kinds() == []


def test_each_address_gets_one_mail_also_when_it_is_written_in_capitals(kepala):
    note_account(Kind.PASSWORD_SET, about=kepala, also=[kepala.email.upper(), "", "x@contoh.example"], by=None)

    assert len(receivers()) == 2


def test_a_person_without_an_address_is_an_event_without_a_mail(kepala, petugas):
    User.objects.filter(pk=petugas.pk).update(email="")
    petugas.refresh_from_db()

    note_account(Kind.PASSWORD_SET, about=petugas, by=None)

    assert receivers() == [kepala.email]
    assert kinds() == [Kind.PASSWORD_SET]


def test_an_event_is_neither_changed_nor_deleted(petugas):
    event = note_account(Kind.ACCOUNT_ADDED, about=petugas, by=None)
    event.note = "lain"

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()

    assert AccountEvent.objects.get().note == ""


def test_the_page_is_filtered_by_person_and_kind(admin, admin_user, kepala, petugas):
    note_account(Kind.PASSWORD_SET, about=petugas, by=admin_user)
    note_account(Kind.ROLE_GIVEN, about=petugas, note=roles.ADMIN, by=admin_user)
    note_account(Kind.ROLE_GIVEN, about=kepala, by=None)

    def shown(address: str) -> int:
        return rows_of(admin.get(f"/akun/peristiwa/{address}").content.decode())

    assert shown("") == 3
    assert shown(f"?orang={petugas.pk}") == 2
    assert shown(f"?orang={admin_user.pk}") == 2
    assert shown(f"?orang={petugas.pk}&jenis=role_given") == 1
    assert shown("?orang=bukan-angka") == shown("?jenis=tidak-ada") == 0


def test_the_page_asks_the_database_as_often_for_thirty_rows_as_for_one(admin, petugas, django_assert_max_num_queries):
    device = Device.objects.create(kind="kiosk", name="di pintu")
    for _ in range(15):
        note_account(Kind.PASSWORD_SET, about=petugas, by=UserFactory())
        note_account(Kind.DEVICE_REVOKED, device=device, by=petugas)

    with django_assert_max_num_queries(12):
        page = admin.get("/akun/peristiwa/").content.decode()

    assert rows_of(page) == 25
    assert "Halaman 1 dari 2" in page


def test_the_account_page_leads_to_the_events_only_who_may_see_them(petugas, kepala, client_of):
    of_kepala, of_petugas = (client_of(user).get("/akun/").content.decode() for user in (kepala, petugas))

    assert "/akun/peristiwa/" in of_kepala
    assert "Akun Anda" in of_petugas
    assert "/akun/peristiwa/" not in of_petugas
