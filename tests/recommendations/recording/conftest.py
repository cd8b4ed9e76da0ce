"""Fixtures for two officers at one form, and for a returned form."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from office.models import User
from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import Submission
from recommendations.recording.forms.answers import fingerprint
from tests.factories import SubmissionFactory, recorded_submission


@pytest.fixture
def submission(office) -> Submission:
    return SubmissionFactory()


@pytest.fixture
def returned(petugas) -> Submission:
    """Return a returned submission: round 2 is being recorded, with one remark on R.4.1."""
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon tujuan dirinci.", by=petugas)
    return_to_applicant(submission, by=petugas)
    return Submission.objects.get(pk=submission.pk)


@pytest.fixture
def post_item(client_of) -> Callable:
    """Return `post_item`: it saves an item as a page does that showed the answer `shown`.

    For example `post_item(budi, submission, "uji_coba", "1", shown=None)`.
    """

    def post(user: User, submission: Submission, item_id: str, typed, *, shown=None, **more):
        item = submission.instrument.item(item_id)
        facts = {f"shown-{item_id}": fingerprint(item, shown)} | more
        facts |= typed if isinstance(typed, dict) else {item_id: typed}
        address = reverse("recommendations:save_item", args=[submission.pk, item_id])
        return client_of(user).post(address, facts)

    return post


@pytest.fixture
def stored() -> Callable:
    def answer(submission: Submission, item_id: str):
        return submission.rounds.get(recorded_at=None).answers.get(item_id)

    return answer
