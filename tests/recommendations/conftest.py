"""A submission on its way: opened, examined with advice, returned, issued, drawn."""

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
from recommendations.slip.pdf import draw_slip
from tests.factories import SubmissionFactory, issue, recorded_submission, returned_submission

ADVICE = "Mohon IKM disajikan pula menurut jenis layanan."


@pytest.fixture
def client_p(petugas: User, client_of: Callable[[User], Client]) -> Client:
    """The officer's browser."""
    return client_of(petugas)


@pytest.fixture
def submission(office) -> Submission:
    """An FS3, opened and not yet answered."""
    return SubmissionFactory()


@pytest.fixture
def examined(petugas) -> Submission:
    """Recorded complete, being checked, with one piece of advice on FS3 4.1."""
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="tujuan_survei", kind=Remark.Kind.ADVICE, text=ADVICE, by=petugas)
    return submission


@pytest.fixture
def verified(examined, petugas) -> Submission:
    """Waits for the Kepala; its advice will travel into the annex."""
    return verify(examined, by=petugas)


@pytest.fixture
def quick_paper(monkeypatch) -> None:
    """A PDF of one page instead of the drawn letter, for tests that ask where it goes and not what is on it.

    What is on it: letters/test_pdf.py, issuing/test_draft.py; drawn and mailed for real: sending/test_smtp.py.
    """
    for module in (drafts, pdf):
        monkeypatch.setattr(module, "render_pdf", lambda content, **options: paper_pdf(content["number"] or "-"))


@pytest.fixture
def letter(verified, kepala) -> Letter:
    """Issued; the PDF is still owed, and a mail waits for it."""
    return issue(verified, by=kepala)


@pytest.fixture
def drawn(letter) -> Letter:
    """Issued and drawn."""
    draw(letter.pk)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def mail(drawn) -> Dispatch:
    """The mail that was asked for when the letter was issued."""
    return drawn.dispatches.get()


@pytest.fixture
def returned(petugas) -> Submission:
    """Returned with one correction (FS3 4.1) and one piece of advice (2.2); nothing is drawn yet."""
    return returned_submission(petugas)


@pytest.fixture
def slip(returned) -> Slip:
    """As the return wrote it."""
    return Slip.objects.get(round__submission=returned)


@pytest.fixture
def mailed(slip) -> Slip:
    """Drawn, its mail in the outbox."""
    draw_slip(slip.pk)
    owe_mail(slip.pk)
    return Slip.objects.select_related("mail", "round__submission").get(pk=slip.pk)


@pytest.fixture
def phone() -> Client:
    """The applicant's telephone: nobody is signed in."""
    return Client()


@pytest.fixture
def correction(returned) -> Remark:
    return Remark.objects.get(kind="correction")


@pytest.fixture
def advice(returned) -> Remark:
    return Remark.objects.get(kind="advice")
