"""Fixtures for a submission in each state: opened, examined with advice, returned, issued, drawn."""

from collections.abc import Callable

import pytest
from django.test import Client

from office.models import User
from pst_desk.examples import paper_pdf
from recommendations.examination.actions.examining import verify, write_remark
from recommendations.letter import drafts, pdf
from recommendations.letter.pdf import draw
from recommendations.models import Dispatch, Letter, Remark, Slip, Submission
from recommendations.slip.mailing import owe_mail
from recommendations.slip.pdf import draw_slip_pdf
from tests.factories import SubmissionFactory, issue, recorded_submission, returned_submission

ADVICE = "Mohon IKM disajikan pula menurut jenis layanan."


@pytest.fixture
def client_p(petugas: User, client_of: Callable[[User], Client]) -> Client:
    """Return a test client with the officer signed in."""
    return client_of(petugas)


@pytest.fixture
def submission(office) -> Submission:
    """Return an FS3 that is opened; only its agency's name is answered."""
    return SubmissionFactory()


@pytest.fixture
def examined(petugas) -> Submission:
    """Return a submission in examination, with one piece of advice on FS3 4.1."""
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="tujuan_survei", kind=Remark.Kind.ADVICE, text=ADVICE, by=petugas)
    return submission


@pytest.fixture
def verified(examined, petugas) -> Submission:
    """Return a submission that waits for the Kepala. Its advice will be in the annex of the letter."""
    return verify(examined, by=petugas)


@pytest.fixture
def quick_paper(monkeypatch) -> None:
    """Replace the drawn letter and the draft by a PDF of one page, for tests that do not look at the content.

    letter/test_pdf.py and letter/test_draft.py test the content; test_worker.py mails a real letter.
    """
    for module in (drafts, pdf):
        monkeypatch.setattr(module, "render_pdf", lambda content, **options: paper_pdf(content["number"] or "-"))


@pytest.fixture
def letter(verified, kepala) -> Letter:
    """Return an issued letter without PDF. A mail waits for the PDF."""
    return issue(verified, by=kepala)


@pytest.fixture
def drawn(letter) -> Letter:
    """Return an issued letter with its PDF."""
    draw(letter.pk)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def mail(drawn) -> Dispatch:
    """Return the dispatch that was requested when the letter was issued."""
    return drawn.dispatches.get()


@pytest.fixture
def returned(petugas) -> Submission:
    """Return a submission returned with a correction (FS3 4.1) and advice (2.2). Its slip is not drawn yet."""
    return returned_submission(petugas)


@pytest.fixture
def slip(returned) -> Slip:
    """Return the slip as the return created it, not drawn yet."""
    return Slip.objects.get(round__submission=returned)


@pytest.fixture
def mailed(slip) -> Slip:
    """Return the slip after it was drawn; its mail is in the outbox."""
    draw_slip_pdf(slip.pk)
    owe_mail(slip.pk)
    return Slip.objects.select_related("mail", "round__submission").get(pk=slip.pk)


@pytest.fixture
def phone() -> Client:
    """Return a test client without a signed-in user, as the applicant's telephone."""
    return Client()


@pytest.fixture
def correction(returned) -> Remark:
    return Remark.objects.get(kind="correction")


@pytest.fixture
def advice(returned) -> Remark:
    return Remark.objects.get(kind="advice")
