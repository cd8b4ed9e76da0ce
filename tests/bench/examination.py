"""Measure the examiner's page: a full FS3 in its second round, with a remark at every line."""

import time

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import Submission
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from tests.bench.figures import Figure, median_of
from tests.factories import recorded_submission

TIMES, WARM_UP = 30, 5
BUDGET = 15  # the page must need fewer queries


def measure() -> list[Figure]:
    """Measure queries and time of the whole request on the server."""
    client, page = Client(SERVER_NAME="localhost"), reverse("recommendations:examine", args=[_second_round().pk])
    client.force_login(_officer())
    times = sorted([_timed(client, page) for _ in range(WARM_UP + TIMES)][WARM_UP:])
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    if answer.status_code != 200 or not asked:
        raise RuntimeError(f"The examiner's page answers {answer.status_code} after {len(asked)} queries.")
    job = "examiner's page of a full FS3"
    return [
        Figure(
            job,
            "second round, remarks at every other item",
            f"{len(asked)} queries (fewer than {BUDGET})",
            len(asked) < BUDGET,
        ),
        Figure(job, "the same, time", f"median {median_of(times) * 1000:.0f} ms"),
    ]


def _officer():
    return get_user_model().objects.get(username="bench")


def _second_round() -> Submission:
    """Return a submission returned with a remark at every other item, recorded again, and examined the same way."""
    officer = _officer()
    submission = recorded_submission(officer)
    _remark(submission, officer, kind="correction")
    return_to_applicant(submission, by=officer)
    title = f"{submission.title}, dengan sembilan unsur"
    save_answers(submission, {submission.instrument.title_item: title}, by=officer)
    record_complete(submission, by=officer)
    _remark(submission, officer, kind="advice")
    return submission


def _remark(submission: Submission, officer, *, kind: str) -> None:
    for item in submission.instrument.items[:60:2]:
        write_remark(submission, item_id=item.id, kind=kind, text=f"Mohon {item.id} dikonfirmasi.", by=officer)


def _timed(client: Client, page: str) -> float:
    began = time.perf_counter()
    client.get(page)
    return time.perf_counter() - began
