"""Agencies are renamed, get other names and are merged. No facts are lost, and the history shows each change."""

import pytest
from django.db import IntegrityError, transaction

from recommendations.agencies.actions.agencies import (
    AgencyMerged,
    NameTaken,
    add_alias,
    change_agency,
    create_agency,
    note_government,
    remove_alias,
)
from recommendations.agencies.actions.contacts import EmailTaken, add_contact, change_contact, register_applicant
from recommendations.agencies.actions.emails import confirm_otherwise
from recommendations.agencies.actions.merging import MergedWithItself, merge_agency, what_would_move
from recommendations.models import Agency, Applicant, Submission
from tests.factories import AgencyFactory, ApplicantFactory, SubmissionFactory, issued_submission

pytestmark = pytest.mark.django_db
CONTACT = {
    "name": "Budi Contoh",
    "position": "Staf",
    "phone": "+6281200000001",
    "romantik_username": "budi",
    "romantik_assisted_on": None,
}


def told(agency: Agency) -> list[str]:
    return [f"{event.words}: {event.note}" for event in agency.events.all()]


@pytest.fixture
def old(office) -> Agency:
    return AgencyFactory(name="Dinas Lama Contoh")


@pytest.fixture
def new(office) -> Agency:
    return AgencyFactory(name="Dinas Baru Contoh")


def test_a_renamed_agency_is_found_by_both_names_and_its_history_shows_the_change(old, admin_user):
    change_agency(old, name="Dinas Sekarang Contoh", short="DSC", by=admin_user)

    found = {Agency.objects.named(name).get().pk for name in ("dinas lama contoh", "dinas sekarang contoh", "dsc")}
    assert found == {old.pk}
    assert told(old) == ["Ganti nama: Dinas Lama Contoh menjadi Dinas Sekarang Contoh"]


def test_renaming_back_makes_no_alias_of_the_name_itself(old, admin_user):
    change_agency(old, name="Dinas Sekarang Contoh", short="", by=admin_user)
    change_agency(old, name="Dinas Lama Contoh", short="", by=admin_user)

    assert [alias.name for alias in old.aliases.all()] == ["Dinas Sekarang Contoh"]


def test_the_history_names_the_other_changed_fields(old, admin_user):
    change_agency(old, name=old.name, short="", kind="dinas", needs_check=False, by=admin_user)

    assert told(old) == ["Keterangan diubah: jenis"]


@pytest.mark.parametrize("name", ["DINAS  BARU. contoh", "Disdik"])
def test_a_name_of_another_agency_is_refused_with_words(old, new, admin_user, name):
    with pytest.raises(NameTaken, match="sudah menjadi nama"):
        add_alias(old, name=name, by=admin_user)
    with pytest.raises(NameTaken):
        change_agency(old, name=name, short="", by=admin_user)
    with pytest.raises(NameTaken):
        create_agency(name="Dinas Ketiga Contoh", short=name, by=admin_user)

    old.refresh_from_db()
    assert (old.name, list(old.aliases.all())) == ("Dinas Lama Contoh", [])
    assert Agency.objects.named(name).get() != old  # the name finds the agency that has it


def test_an_alias_finds_its_agency_until_it_is_removed(old, admin_user):
    add_alias(old, name="DLC", by=admin_user)
    add_alias(old, name="dlc", by=admin_user)
    remove_alias(old.aliases.get(), by=admin_user)

    assert not Agency.objects.named("DLC").exists()
    assert told(old) == ["Nama lain ditambahkan: DLC", "Nama lain dilepas: DLC"]


def test_two_agencies_of_one_name_are_refused_by_the_database(old):
    with pytest.raises(IntegrityError):
        Agency.objects.create(name="DINAS LAMA CONTOH")


def test_a_merge_moves_accounts_submissions_and_names_and_keeps_the_row(old, new, petugas, kepala, admin_user):
    account = ApplicantFactory(agency=old)
    letter = issued_submission(petugas, kepala, applicant=account).letter
    SubmissionFactory(applicant=account)
    add_alias(old, name="DLC", by=admin_user)
    before = Submission.objects.count(), Applicant.objects.count()
    preview = what_would_move(old, new)

    moved = merge_agency(old, into=new, by=admin_user)

    old.refresh_from_db()
    assert moved == preview
    assert (moved.accounts, moved.joined, moved.submissions, moved.letters, moved.names) == (1, 0, 2, 1, 2)
    assert (Submission.objects.count(), Applicant.objects.count()) == before
    assert Submission.objects.filter(applicant__agency=new).count() == 2
    assert (old.merged_into, old.is_active) == (new, False)
    assert {Agency.objects.named(name).get() for name in ("Dinas Lama Contoh", "DLC", new.name)} == {new}
    assert told(old)[-1].startswith("Digabungkan: ke dalam Dinas Baru Contoh: 1 akun berpindah")
    assert told(new)[-1].startswith("Digabungkan: Dinas Lama Contoh digabung ke sini: 1 akun berpindah")
    letter.refresh_from_db()
    assert letter.content["addressee"] == "Dinas Lama Contoh"


def test_accounts_with_the_same_email_are_joined_and_keep_the_facts_of_both(old, new, petugas, admin_user):
    leaving = ApplicantFactory(
        agency=old, email="Sari@contoh.example", position="Kepala Seksi", romantik_username="sari"
    )
    confirm_otherwise(leaving, reason="Membalas di loket", by=petugas)
    staying = ApplicantFactory(agency=new, email="sari@contoh.example", position="", romantik_username="sari_lain")
    mine, theirs = SubmissionFactory(applicant=leaving), SubmissionFactory(applicant=staying)

    moved = merge_agency(old, into=new, by=admin_user)

    staying.refresh_from_db()
    leaving.refresh_from_db()
    assert (moved.accounts, moved.joined, moved.submissions) == (0, 1, 1)
    assert set(staying.submissions.all()) == {mine, theirs}
    assert (staying.position, staying.romantik_username, staying.has_working_email) == (
        "Kepala Seksi",
        "sari_lain",
        True,
    )
    assert not leaving.is_active
    assert list(new.applicants.in_service()) == [staying]


def test_an_agency_merged_earlier_follows_a_later_merge(old, new, admin_user):
    third = AgencyFactory(name="Dinas Ketiga Contoh")
    merge_agency(old, into=new, by=admin_user)

    merge_agency(new, into=third, by=admin_user)

    old.refresh_from_db()
    assert old.merged_into == third
    assert Agency.objects.named("dinas lama contoh").get() == third


def test_a_merge_with_itself_or_with_a_merged_agency_is_refused(old, new, admin_user):
    third = AgencyFactory(name="Dinas Ketiga Contoh")
    with pytest.raises(MergedWithItself):
        merge_agency(old, into=old, by=admin_user)
    merge_agency(old, into=new, by=admin_user)

    for one, other in ((new, old), (old, new), (old, third), (third, old)):
        with pytest.raises(AgencyMerged, match="sudah digabung ke dalam Dinas Baru Contoh"):
            merge_agency(one, into=other, by=admin_user)

    assert Agency.objects.current().filter(name__endswith="Contoh").count() == 2


@pytest.mark.parametrize("facts", [{"is_active": True}, {"itself": True}])
def test_the_database_refuses_a_merge_that_makes_no_sense(old, new, facts):
    into = old if facts.get("itself") else new
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=old.pk).update(merged_into=into, is_active=facts.get("is_active", False))


def test_an_agency_that_was_merged_meanwhile_is_not_changed(old, new, petugas, admin_user):
    stale = Agency.objects.get(pk=old.pk)
    merge_agency(old, into=new, by=admin_user)

    for act in (
        lambda: change_agency(stale, name="Dinas Lain Contoh", short="", by=admin_user),
        lambda: add_alias(stale, name="DLC", by=admin_user),
        lambda: note_government(stale, is_government=False, by=petugas),
        lambda: add_contact(stale, email="budi@contoh.example", **CONTACT, by=petugas),
    ):
        with pytest.raises(AgencyMerged):
            act()

    assert Agency.objects.named("DLC").count() == 0


def test_a_contact_registered_under_a_merged_name_goes_to_the_remaining_agency(old, new, petugas, admin_user):
    merge_agency(old, into=new, by=admin_user)

    applicant = register_applicant(agency_name="Dinas Lama Contoh", email="budi@contoh.example", **CONTACT, by=petugas)

    assert applicant.agency == new


def test_a_merged_name_may_become_the_name_of_the_remaining_agency(old, new, admin_user):
    merge_agency(old, into=new, by=admin_user)

    change_agency(new, name="Dinas Lama Contoh", short="", by=admin_user)

    assert Agency.objects.named("Dinas Lama Contoh").get() == new
    assert Agency.objects.named("Dinas Baru Contoh").get() == new


def test_a_repeated_note_on_the_kind_of_body_is_in_the_history_once(old, petugas):
    note_government(old, is_government=False, by=petugas)
    note_government(old, is_government=False, by=petugas)

    assert told(old) == ["Keterangan diubah: Dicatat sebagai bukan instansi pemerintah"]


def test_a_changed_email_must_be_confirmed_again(old, petugas):
    account = add_contact(old, email="budi@contoh.example", **CONTACT, by=petugas)
    confirm_otherwise(account, reason="Membalas di loket", by=petugas)

    same = change_contact(account, email="Budi@contoh.example", **CONTACT, by=petugas)
    assert same.has_working_email
    other = change_contact(account, email="lain@contoh.example", **CONTACT, by=petugas)

    assert not other.has_working_email
    assert other.verified_at is None


def test_an_email_of_a_colleague_is_refused_with_words(old, petugas):
    add_contact(old, email="budi@contoh.example", **CONTACT, by=petugas)
    other = add_contact(old, email="ani@contoh.example", **CONTACT, by=petugas)

    with pytest.raises(EmailTaken, match="sudah dipakai akun Budi Contoh"):
        change_contact(other, email="BUDI@contoh.example", **CONTACT, by=petugas)


def test_the_database_keeps_one_account_an_agency_and_email(old):
    ApplicantFactory(agency=old, email="budi@contoh.example")

    with pytest.raises(IntegrityError):
        ApplicantFactory(agency=old, email="BUDI@contoh.example")
