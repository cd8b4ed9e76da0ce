"""Fixtures for a submission in each state: opened, examined with advice, returned, issued, drawn."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from office.models import Office, SigningRoute, User
from pst_desk.examples import paper_pdf
from recommendations.examination.actions.examining import verify, write_remark
from recommendations.letter import drafts, pdf
from recommendations.letter.pdf import draw
from recommendations.models import Dispatch, Letter, Remark, Slip, Submission
from recommendations.signing.actions.signed_files import take_signed_file
from recommendations.slip.mailing import owe_mail
from recommendations.slip.pdf import draw_slip_pdf
from tests.factories import SubmissionFactory, issue, recorded_submission, returned_submission, sign
from tests.signers import SIGNED_AT, authority
from tests.signers import signed as signed_file

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
    """Return an issued letter without PDF."""
    return issue(verified, by=kepala)


@pytest.fixture
def drawn(letter) -> Letter:
    """Return an issued letter with its PDF."""
    draw(letter.pk)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def signed(drawn, petugas) -> Letter:
    """Return a letter whose scan was compared with it. Its mail is owed."""
    return sign(drawn, by=petugas)


@pytest.fixture
def mail(signed) -> Dispatch:
    """Return the dispatch that was requested when the letter was signed."""
    return signed.dispatches.get()


@pytest.fixture
def electronic(verified: Submission, kepala: User) -> Letter:
    """Return a drawn letter whose words promise an electronic signature, issued before tests/signers.py signs it."""
    Office.objects.update(signing_route=SigningRoute.ELSEWHERE)
    letter = issue(verified, by=kepala)
    draw(letter.pk)
    Letter.objects.update(issued_at=SIGNED_AT - timedelta(hours=1))
    return Letter.objects.select_related("submission").get()


@pytest.fixture
def drawn_pdf(electronic: Letter) -> bytes:
    """Return what was drawn of the letter."""
    return Path(electronic.pdf.path).read_bytes()


@pytest.fixture
def signed_pdf(drawn_pdf: bytes) -> bytes:
    """Return the letter signed by the Kepala in another application. The desk does not know it yet."""
    return signed_file(drawn_pdf)


@pytest.fixture
def take_in(electronic: Letter, petugas: User) -> Callable[..., Letter]:
    """Return a function that takes in a signed file of the letter."""

    def take(content: bytes, **facts: str) -> Letter:
        file = ContentFile(content, name="surat-tte.pdf")
        return take_signed_file(electronic, file=file, by=petugas, **facts)

    return take


@pytest.fixture
def trusted(office: Office) -> None:
    """Let the office trust the throw-away authority."""
    Office.objects.update(trusted_roots=authority().pem.decode())


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
