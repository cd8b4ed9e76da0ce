"""The admin's pages of the outbox name neither the reporter of a complaint nor its code."""

import pytest
from django.utils import timezone

from complaints.actions.handling import answer, assign_complaint
from complaints.models import Complaint, ComplaintTerm
from complaints.reporter import Reporter
from office.formats import short_date
from office.models import Mail
from tests.factories import assigned_complaint, new_complaint
from tests.pages import page

LIST = "/kantor/office/mail/"


@pytest.fixture
def complaint(petugas, kepala) -> Complaint:
    """Return a complaint of a reporter who got a mail that the server refused, with its address in the answer."""
    reporter = Reporter(email="suara@pelapor.example", name="Budi Contoh")
    answered = answer(assigned_complaint(petugas, by=kepala, reporter=reporter), text="Ya.", by=petugas)
    refused = {"error": "suara@pelapor.example menolak", "answer": "550 suara@pelapor.example"}
    Mail.objects.filter(to=reporter.email).update(status=Mail.Status.REFUSED, **refused)
    return answered


def test_neither_the_list_nor_the_detail_names_the_reporter_or_the_code(client_of, admin_user, complaint):
    admin = client_of(admin_user)
    shown = [page(admin, LIST, "pelapor pengaduan")]
    shown += [page(admin, f"{LIST}{mail.pk}/change/", "pengaduan") for mail in Mail.objects.all()]

    assert len(shown) > 2
    for text in shown:
        for secret in ("suara@", "pelapor.", complaint.short_code, "complaint:", complaint.assigned_to.email):
            assert secret not in text


@pytest.mark.parametrize("typed", ["suara", "Pengaduan"])
def test_a_search_finds_no_mail_of_a_complaint(typed, client_of, admin_user, complaint):
    Mail.objects.create(key="contoh:1", to="suara@contoh.example", subject="Pengaduan umum", body="Isi")

    shown = page(client_of(admin_user), f"{LIST}?q={typed}", "Pengaduan umum")

    assert "pelapor pengaduan" not in shown
    assert "petugas pengaduan" not in shown


def rows(admin) -> int:
    """Return how many mails the list shows."""
    return page(admin, LIST, "E-mail keluar").count('class="action-select"')


def test_a_mail_about_a_complaint_is_hidden_from_the_person_it_is_or_was_about(client_of, admin_user, petugas, kepala):
    Mail.objects.create(key="contoh:1", to="suara@contoh.example", subject="Tiket", body="Isi")
    reporter = Reporter(name="Budi Contoh")
    complaint = new_complaint(about=admin_user, reporter=reporter)
    mine = Mail.objects.get(subject__contains=complaint.short_code)
    assert (rows(client_of(admin_user)), client_of(admin_user).get(f"{LIST}{mine.pk}/change/").status_code) == (1, 302)

    term = ComplaintTerm.objects.ordinary()
    assign_complaint(complaint, assigned_to=petugas, about=None, term=term, by=kepala)
    assert rows(client_of(admin_user)) == 1

    new_complaint(reporter=reporter)
    assert rows(client_of(admin_user)) == 2


def test_a_mail_of_a_complaint_has_a_day_and_no_minute(client_of, admin_user, complaint):
    mail = Mail.objects.get(to="suara@pelapor.example")
    Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.SENT, sent_at=mail.wanted_at, error="", answer="")
    admin = client_of(admin_user)

    shown = page(admin, LIST, "pelapor pengaduan") + page(admin, f"{LIST}{mail.pk}/change/", "pengaduan")

    assert f"Terkirim {short_date(mail.wanted_at)}" in shown
    assert "WITA" not in shown
    assert f"{timezone.localtime(mail.wanted_at):%H.%M}" not in shown


def test_the_mail_of_what_is_due_is_listed_only_when_a_person_has_to_decide(client_of, admin_user, complaint):
    admin, before = client_of(admin_user), rows(client_of(admin_user))
    facts = {"subject": "Jatuh tempo: 3 pengaduan perlu perhatian", "to": "rina@contoh.example", "body": "Isi"}
    mail = Mail.objects.create(key="complaint-alert:1:2026-11-27", **facts)
    assert rows(admin) == before

    Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.REFUSED)

    assert rows(admin) == before + 1
    assert "3 pengaduan" not in page(admin, LIST, "petugas pengaduan")
