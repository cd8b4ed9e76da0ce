"""Fixtures for two examiners, and for a submission in its second round."""

import pytest

from office.models import Office, User
from pst_desk import roles
from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import Remark, Submission
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from tests.factories import UserFactory, recorded_submission


def officer(name: str, **facts) -> User:
    """Return a user with the role petugas."""
    user = UserFactory(name=name, **facts)
    user.groups.add(roles.Group.objects.get(name=roles.PETUGAS))
    return user


@pytest.fixture
def dewi(office) -> User:
    """Return a second examiner."""
    return officer("Dewi Contoh", username="dewi")


@pytest.fixture
def two_readers(office) -> None:
    """Let the office require a second reader before a submission is verified."""
    Office.objects.update(two_readers=True)


@pytest.fixture
def asked(petugas) -> Submission:
    """Return a submission returned with a correction of the purpose and advice on the title; round 2 is open."""
    submission = recorded_submission(petugas)
    for item, kind, text in (
        ("tujuan_survei", Remark.Kind.CORRECTION, "Mohon tujuan dirinci."),
        ("judul_survei", Remark.Kind.ADVICE, "Mohon judul dikonfirmasi."),
    ):
        write_remark(submission, item_id=item, kind=kind, text=text, by=petugas)
    return_to_applicant(submission, by=petugas)
    return submission


@pytest.fixture
def again(asked, petugas) -> Submission:
    """Return the submission `asked` with round 2 recorded complete and in examination."""
    save_answers(asked, {"tujuan_survei": "Mengukur kepuasan menurut sembilan unsur."}, by=petugas)
    record_complete(asked, by=petugas)
    return Submission.objects.get(pk=asked.pk)
