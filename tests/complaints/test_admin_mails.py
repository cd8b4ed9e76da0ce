"""The admin's pages of the outbox name neither the reporter of a complaint nor its code."""

import pytest

from complaints.actions.handling import answer
from complaints.models import Complaint
from complaints.reporter import Reporter
from office.models import Mail
from tests.factories import assigned_complaint
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
