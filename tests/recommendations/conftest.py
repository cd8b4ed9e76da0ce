"""A letter on its way: examined with advice, issued, drawn."""

import pytest

from pst_desk.examples import paper_pdf
from recommendations import drafts, drawing
from recommendations.actions.examination import verify, write_remark
from recommendations.drawing import draw
from recommendations.models import Dispatch, Letter, Remark, Submission
from tests.factories import issue, recorded_submission

ADVICE = "Mohon IKM disajikan pula menurut jenis layanan."


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
    for module in (drafts, drawing):
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
