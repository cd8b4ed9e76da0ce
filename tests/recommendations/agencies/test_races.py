"""Two admins, two officers or two tabs act at the same moment, on real database connections."""

import pytest

from recommendations.agencies.actions.agencies import AgencyMerged, NameTaken, add_alias, agency_called
from recommendations.agencies.actions.contacts import register_applicant
from recommendations.agencies.actions.emails import CodeNotSent, EmailCodeRefused, confirm_code, send_code
from recommendations.agencies.actions.merging import merge_agency
from recommendations.models import Agency, EmailCode
from tests.factories import AgencyFactory, ApplicantFactory, SubmissionFactory, mailed_code
from tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes: list) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_opposite_merges_at_once_make_one_merge_and_no_circle(office, admin_user):
    one, other = AgencyFactory(), AgencyFactory()
    SubmissionFactory(applicant__agency=one)
    SubmissionFactory(applicant__agency=other)

    outcomes = at_once(
        lambda: merge_agency(one, into=other, by=admin_user), lambda: merge_agency(other, into=one, by=admin_user)
    )

    assert kinds(outcomes) == [AgencyMerged.__name__, "Moving"]
    left = Agency.objects.current().with_counts().get(pk__in=[one.pk, other.pk])
    assert left.submission_count == 2


def test_the_same_merge_twice_moves_once(office, admin_user):
    old, new = AgencyFactory(), AgencyFactory()
    ApplicantFactory.create_batch(3, agency=old)

    outcomes = at_once(*[lambda: merge_agency(old, into=new, by=admin_user)] * 3)

    assert kinds(outcomes) == ["AgencyMerged", "AgencyMerged", "Moving"]
    assert new.applicants.count() == 3


def test_one_alias_goes_to_one_of_two_agencies(office, admin_user):
    agencies = AgencyFactory.create_batch(2)

    outcomes = at_once(*[lambda agency=agency: add_alias(agency, name="DLC", by=admin_user) for agency in agencies])

    assert kinds(outcomes) == [NameTaken.__name__, "NoneType"]


def test_an_agency_typed_at_two_counters_is_recorded_once(office, petugas):
    outcomes = at_once(*[lambda: agency_called("Bagian Umum", by=petugas)] * 4)

    assert len({agency.pk for agency in outcomes}) == 1


def test_a_contact_registered_during_a_merge_belongs_to_the_remaining_agency(office, petugas, admin_user):
    old, new = AgencyFactory(name="Dinas Lama Contoh"), AgencyFactory(name="Dinas Baru Contoh")
    facts = {"name": "Budi Contoh", "position": "", "phone": "+6281200000001", "email": "budi@contoh.example"}
    facts |= {"romantik_username": "budi", "romantik_assisted_on": None}

    at_once(
        lambda: merge_agency(old, into=new, by=admin_user),
        lambda: register_applicant(agency_name="Dinas Lama Contoh", **facts, by=petugas),
    )

    assert new.applicants.count() == 1


def test_a_double_click_sends_one_code(office, petugas):
    account = ApplicantFactory()

    outcomes = at_once(*[lambda: send_code(account, by=petugas)] * 3)

    assert kinds(outcomes) == [CodeNotSent.__name__, CodeNotSent.__name__, "EmailCode"]


def test_many_guesses_at_once_are_all_counted(office, petugas):
    account = ApplicantFactory()
    code, _ = mailed_code(account, by=petugas)
    guess = f"{(int(code) + 1) % 1_000_000:06}"

    outcomes = at_once(*[lambda: confirm_code(account, code=guess, by=petugas)] * 8)

    assert set(kinds(outcomes)) == {EmailCodeRefused.__name__}
    assert EmailCode.objects.get().tries == 5
