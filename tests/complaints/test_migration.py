"""The complaints that came with ratings keep their rows and codes, forwards and backwards, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import VisitFactory

BEFORE = [("ratings", "0001_initial"), ("complaints", None)]
RECEIVED_AT = datetime(2026, 11, 27, 2, tzinfo=UTC)  # Friday 10.00 WITA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def migrate():
    """Return `migrate(targets)`, which gives the models of that state. At the end all migrations are done again."""

    def go(targets):
        executor = MigrationExecutor(connection)
        return executor.migrate(targets).apps

    yield go
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def latest() -> list[tuple[str, str]]:
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def test_an_old_complaint_keeps_its_row_and_code_and_gets_a_life(office, petugas, migrate):
    visit = VisitFactory(officer=petugas)
    old = migrate(BEFORE).get_model("ratings", "Complaint").objects
    old.create(pk=7, code="7KQFM2XD9RTAC4WH", text="Lama.", visit_id=visit.pk, received_at=RECEIVED_AT)
    old.create(code="AAAAM2XD9RTAC4WH", text="Tanpa kunjungan.", received_at=RECEIVED_AT)

    complaints = migrate(latest()).get_model("complaints", "Complaint").objects
    mine, loose = complaints.get(pk=7), complaints.get(code="AAAAM2XD9RTAC4WH")

    assert (mine.code, mine.text, mine.visit_id) == ("7KQFM2XD9RTAC4WH", "Lama.", visit.pk)
    assert (mine.status, mine.channel, mine.about_id) == ("received", "rating", petugas.pk)
    assert (mine.is_anonymous, loose.is_anonymous) == (False, True)
    assert mine.received_at == mine.wrote_at == RECEIVED_AT
    assert (f"{mine.first_due_on}", mine.first_days, mine.due_days) == ("2026-12-02", 3, None)
    assert complaints.create(text="Baru.", first_due_on=mine.first_due_on).pk not in (7, loose.pk)


def test_a_new_complaint_survives_the_way_back(office, migrate):
    before = migrate(latest()).get_model("complaints", "Complaint").objects
    before.create(code="7KQFM2XD9RTAC4WH", text="Baru.", received_at=RECEIVED_AT, first_due_on=RECEIVED_AT.date())

    old = migrate(BEFORE).get_model("ratings", "Complaint").objects.get()

    assert (old.code, old.text) == ("7KQFM2XD9RTAC4WH", "Baru.")


def test_a_question_is_taken_back_as_the_first_response_of_an_open_complaint(office, petugas, migrate):
    before = migrate([("complaints", "0007_kios")])
    asked, planned, reopened, closed = (asked_first(before, petugas, number) for number in range(4))
    planned.messages.create(kind="plan", text="Loket.", at=at(2), by_id=petugas.pk)
    planned.events.create(move="plan", at=at(2), by_id=petugas.pk)
    reopened.messages.create(kind="close", text="Selesai.", at=at(3), by_id=petugas.pk)
    reopened.events.create(move="reopen", at=at(4))
    complaints = before.get_model("complaints", "Complaint").objects
    complaints.filter(pk=closed.pk).update(status="closed", outcome="done", closed_at=at(3))

    after = migrate(latest()).get_model("complaints", "Complaint").objects
    found = [after.get(pk=one.pk) for one in (asked, planned, reopened, closed)]

    assert [one.status for one in found] == ["assigned", "answered", "reopened", "closed"]
    assert [one.responded_at for one in found] == [None, at(2), at(3), at(1)]
    assert [one.answered_at for one in found] == [None, at(2), at(3), at(1)]
    assert (found[3].term.code, f"{found[3].due_on}", found[3].due_days) == ("tanpa-lapangan", "2026-12-17", 14)
    assert len({one.key for one in found}) == 4


def asked_first(apps, officer, number):
    """Return an old complaint whose only response is a question, in the state of that migration."""
    complaint = apps.get_model("complaints", "Complaint").objects.create(
        code=f"7KQFM2XD9RTAC4W{number + 2}", text="Lama.", status="answered", received_at=RECEIVED_AT,
        first_due_on=RECEIVED_AT.date(), assigned_to_id=officer.pk, responded_at=at(1), answered_at=at(1),
    )  # fmt: skip
    for move in ("assign", "ask"):
        complaint.events.create(move=move, at=at(1), by_id=officer.pk)
    complaint.messages.create(kind="ask", text="Hari apa?", at=at(1), by_id=officer.pk)
    return complaint


def at(hours: int) -> datetime:
    return RECEIVED_AT + timedelta(hours=hours)


def test_the_permission_to_read_complaints_stays_with_its_groups(office, migrate):
    was = migrate(BEFORE).get_model("contenttypes", "ContentType").objects
    assert was.filter(app_label="ratings", model="complaint").exists()

    types = migrate(latest()).get_model("contenttypes", "ContentType").objects

    assert types.filter(app_label="complaints", model="complaint").exists()
    assert not types.filter(app_label="ratings", model="complaint").exists()
