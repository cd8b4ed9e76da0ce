"""Fixtures for submissions and archived activities with similar titles."""

from collections.abc import Callable

import pytest

from recommendations.archive.activity_index import keep_archived
from recommendations.models import ArchivedActivity, Submission
from recommendations.recording.actions.saving import save_answers
from tests.factories import AgencyFactory, ApplicantFactory, SubmissionFactory, recorded_submission


@pytest.fixture
def asked_for(petugas) -> Callable[..., Submission]:
    """Return `asked_for`: `asked_for("Survei Harga Ikan", agency="Dinas Perikanan")` makes a submission."""

    def opened(title: str, *, agency: str = "", variables: list[str] = (), **facts) -> Submission:
        applicant = ApplicantFactory(agency=AgencyFactory(**({"name": agency} if agency else {})))
        submission = SubmissionFactory(applicant=applicant, **facts)
        rows = [{"nama": name} for name in variables]
        save_answers(submission, {"judul_survei": title, "variabel": rows}, by=petugas)
        submission.refresh_from_db()
        return submission

    return opened


@pytest.fixture
def archived(db) -> Callable[..., ArchivedActivity]:
    """Return `archived`: `archived("Survei Harga Ikan")` makes an older recommendation, as the admin enters it."""

    def entered(title: str, *, agency_name: str = "Dinas Lama", year: int = 2019, **facts) -> ArchivedActivity:
        activity = ArchivedActivity.objects.create(title=title, agency_name=agency_name, year=year, **facts)
        keep_archived([activity])
        return activity

    return entered


@pytest.fixture
def examined(petugas) -> Submission:
    """Return a submission in examination, with the title of the example."""
    return recorded_submission(petugas)


@pytest.fixture
def twin(petugas, examined) -> Submission:
    """Return a submission of another agency with the same title."""
    return recorded_submission(petugas)
