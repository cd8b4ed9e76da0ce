"""The complaints that came with ratings keep their rows and codes, forwards and backwards, on both databases."""

from datetime import UTC, datetime

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


def test_the_permission_to_read_complaints_stays_with_its_groups(office, migrate):
    was = migrate(BEFORE).get_model("contenttypes", "ContentType").objects
    assert was.filter(app_label="ratings", model="complaint").exists()

    types = migrate(latest()).get_model("contenttypes", "ContentType").objects

    assert types.filter(app_label="complaints", model="complaint").exists()
    assert not types.filter(app_label="ratings", model="complaint").exists()
