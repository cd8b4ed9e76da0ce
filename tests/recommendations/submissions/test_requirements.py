"""The five requirements of the service standard, on the page that opens a submission and on its own page."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guestbook.models import Visit
from recommendations.agencies.actions.emails import confirm_otherwise
from recommendations.models import Agency, Submission
from recommendations.submissions.actions.linking import NotLinked, link_visit
from recommendations.submissions.actions.opening import cancel, open_submission
from recommendations.submissions.requirements import opening_requirements, submission_requirements
from recommendations.workflow import Move
from tests.factories import (
    AgencyFactory,
    ApplicantFactory,
    SubmissionFactory,
    VisitFactory,
    ready_submission,
    recorded_submission,
)

OPEN = reverse("recommendations:submission_open")
CHOICES = reverse("recommendations:account_choices")


def met(facts) -> list[int]:
    return [fact.number for fact in facts if fact.is_met]


def test_all_five_hold_when_everything_was_done(petugas):
    submission = recorded_submission(petugas)
    confirm_otherwise(submission.applicant, reason="Membalas di loket", by=petugas)
    submission = link_visit(submission, visit=VisitFactory(), by=petugas)

    assert met(submission_requirements(submission)) == [1, 2, 3, 4, 5]


def test_each_unmet_requirement_offers_its_next_step(petugas):
    submission = SubmissionFactory(applicant__agency__is_government=False)

    facts = submission_requirements(submission)

    assert met(facts) == []
    assert [fact.kind for fact in facts] == ["plain", "warn", "plain", "plain", "plain"]
    assert [fact.act for fact in facts] == ["Tautkan kunjungan", "Periksa", "Pastikan", "", "Lampirkan"]
    assert "Anda yang memutuskan" in facts[1].words


def test_a_form_with_its_letter_that_is_not_recorded_complete_is_not_yet_an_application(petugas):
    fact = submission_requirements(ready_submission(petugas))[4]

    assert (fact.is_met, fact.act) == (False, "Lanjutkan")
    assert fact.words == "Surat pengantar terlampir; FS3 belum terekam lengkap"


def test_no_requirement_is_met_before_anything_is_typed(office):
    assert met(opening_requirements(None, None, None)) == []


def test_the_page_shows_them_and_blocks_nothing(petugas, client_of):
    submission = SubmissionFactory()

    page = client_of(petugas).get(reverse("recommendations:submission_detail", args=[submission.pk])).content.decode()

    assert "Persyaratan" in page
    assert "belum terbukti aktif" in page
    assert "Kirim kode" in page
    assert "Tautkan kunjungan" in page


def test_the_kepala_reads_them_without_the_officer_s_forms(kepala, client_of):
    submission = SubmissionFactory()

    page = client_of(kepala).get(reverse("recommendations:submission_detail", args=[submission.pk])).content.decode()

    assert "Persyaratan" in page
    assert "Kirim kode" not in page


def test_a_visit_of_today_is_linked_once_and_is_on_the_timeline(petugas, client_of):
    submission, visit = SubmissionFactory(), VisitFactory()
    client, address = client_of(petugas), reverse("recommendations:link_visit", args=[submission.pk])

    client.post(address, {"visit": visit.pk})
    again = client.post(address, {"visit": VisitFactory().pk}, follow=True).content.decode()

    submission.refresh_from_db()
    event = submission.events.get()
    assert (submission.visit, event.move, event.by) == (visit, Move.LINK, petugas)
    assert f"sudah ditautkan dengan kunjungan {visit.ticket}" in again


def test_a_late_entry_of_today_can_be_linked(petugas, client_of):
    submission, visit = SubmissionFactory(), VisitFactory(is_late_entry=True)

    client_of(petugas).post(reverse("recommendations:link_visit", args=[submission.pk]), {"visit": visit.pk})

    assert "disalin dari kertas" in submission_requirements(Submission.objects.get())[3].words


@pytest.mark.parametrize("visit", ["", "999999", "x", "1 OR 1=1"])
def test_a_visit_that_is_not_offered_is_refused_with_a_message(petugas, client_of, visit):
    submission = SubmissionFactory()
    VisitFactory(day=timezone.localdate() - timedelta(days=3))

    page = client_of(petugas).post(
        reverse("recommendations:link_visit", args=[submission.pk]), {"visit": visit}, follow=True
    )

    assert "Pilih kunjungan" in page.content.decode()
    assert Submission.objects.get().visit is None


def test_a_visit_of_another_day_is_not_offered(petugas, client_of):
    submission, old = SubmissionFactory(), VisitFactory(day=timezone.localdate() - timedelta(days=3))

    page = client_of(petugas).post(
        reverse("recommendations:link_visit", args=[submission.pk]), {"visit": old.pk}, follow=True
    )

    assert "Pilih kunjungan" in page.content.decode()
    assert Submission.objects.get().visit is None


def test_an_ended_submission_cannot_be_linked(petugas):
    submission = SubmissionFactory()
    cancel(submission, reason="Ditarik", by=petugas)

    with pytest.raises(NotLinked, match="Dibatalkan"):
        link_visit(submission, visit=VisitFactory(), by=petugas)


def test_the_contacts_of_the_agency_typed_are_offered_by_its_short_form(petugas, client_of):
    dinkes = Agency.objects.named("Dinkes").get()
    ApplicantFactory(agency=dinkes, email="sehat@contoh.example")
    ApplicantFactory(agency=Agency.objects.named("Dinsos").get(), email="sosial@contoh.example")
    visit = VisitFactory()

    page = client_of(petugas).get(CHOICES, {"agency_name": "dinkes", "kunjungan": visit.pk}).content.decode()

    assert "sehat@contoh.example" in page
    assert "sosial@contoh.example" not in page
    assert f"?kunjungan={visit.pk}&amp;akun=" in page
    assert dinkes.name in page


@pytest.mark.parametrize(
    "asked", [{}, {"agency_name": "\u200b"}, {"kunjungan": "x"}, {"kunjungan": "9" * 30}, {"agency_name": "x" * 5000}]
)
def test_malformed_requests_for_contacts_find_no_contact(petugas, client_of, asked):
    answer = client_of(petugas).get(CHOICES, asked)

    assert (answer.status_code, len(answer.context["accounts"]["found"])) == (200, 0)


def opening(**changes) -> dict:
    return {
        "form_token": str(uuid.uuid4()),
        "instrument_code": "FS3",
        "agency_name": "Dinas Contoh",
        "name": "Budi Contoh",
        "position": "Staf",
        "phone": "0812-3456-7890",
        "email": "budi@contoh.example",
        "romantik_username": "budi",
        "romantik_assisted_on": "",
    } | changes


def test_the_short_form_opens_the_submission_for_the_known_agency(petugas, client_of):
    client_of(petugas).post(OPEN, opening(agency_name="disbudporapar"))

    agency = Submission.objects.get().applicant.agency
    assert agency.name == "Dinas Kebudayaan, Kepemudaan, Olahraga dan Pariwisata Kota Banjarmasin"


def test_the_form_asks_for_the_full_name_when_two_places_have_it(petugas, client_of):
    AgencyFactory(name="Dinas Sosial Provinsi Kalimantan Selatan")

    answer = client_of(petugas).post(OPEN, opening(agency_name="Dinas Sosial"))

    assert "dapat berarti lebih dari satu instansi" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("name", ["...", "\u200b", "x" * 201])
def test_an_unusable_name_is_refused_in_the_form(petugas, client_of, name):
    answer = client_of(petugas).post(OPEN, opening(agency_name=name))

    assert answer.status_code == 200
    assert "agency_name" in answer.context["form"].errors
    assert not Submission.objects.exists()


def test_a_known_account_shows_whether_its_email_works(petugas, client_of):
    account = ApplicantFactory()

    page = client_of(petugas).get(OPEN, {"akun": account.pk}).content.decode()

    assert "Pastikan e-mail aktif" in page
    assert reverse("recommendations:send_code", args=[account.pk]) in page


def test_a_visit_from_a_known_agency_meets_the_requirement_of_an_agency(petugas):
    visit = VisitFactory(visitor__agency="disdik")

    facts = opening_requirements(visit, Agency.objects.named(visit.visitor.agency).get(), None)

    assert met(facts) == [1, 2, 4]
    assert Visit.objects.count() == 1


def test_a_submission_opened_from_its_visit_has_it_linked(petugas):
    visit = VisitFactory()
    submission = open_submission(
        applicant=ApplicantFactory(), instrument_code="FS3", form_token=uuid.uuid4(), visit=visit, by=petugas
    )

    assert met(submission_requirements(submission)) == [1, 2, 4]
