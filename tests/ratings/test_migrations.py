"""Ratings given before an instrument was named keep their answers, on the way there and on the way back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from tests.factories import VisitFactory

ANSWERS_BY_INSTRUMENT = ("ratings", "0002_answers_by_instrument")
COLUMNS = ("requirements", "procedure", "time", "cost", "product", "competence", "conduct", "facilities", "complaints")
GIVEN = (1, 2, 3, 4, 1, 2, 3, 4, 2)


def migrate(target: list[tuple[str, str]]) -> StateApps:
    """Bring the database to these migrations, and return the models of that state."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def before(transactional_db) -> Iterator[list[tuple[str, str]]]:
    """Return the migrations just before the one under test, and bring the tables back at the end."""
    loader = MigrationExecutor(connection).loader
    yield [parent.key for parent in loader.graph.node_map[ANSWERS_BY_INSTRUMENT].parents if parent.key[0] == "ratings"]
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_the_nine_columns_become_answers_and_become_columns_again(before, office):
    visit = VisitFactory()

    kept = dict(zip(COLUMNS, GIVEN, strict=True))
    migrate(before).get_model("ratings", "Rating").objects.create(visit_id=visit.pk, remark="Baik.", **kept)
    new = migrate([ANSWERS_BY_INSTRUMENT]).get_model("ratings", "Rating").objects.get()
    back = migrate(before).get_model("ratings", "Rating").objects.get()

    assert (new.visit_id, new.remark) == (visit.pk, "Baik.")
    assert (new.instrument, new.edition) == ("skm-9", "PermenPANRB 14/2017")
    assert new.answers == {
        "persyaratan": 1,
        "prosedur": 2,
        "waktu": 3,
        "biaya": 4,
        "produk": 1,
        "kompetensi": 2,
        "perilaku": 3,
        "sarana": 4,
        "pengaduan": 2,
    }
    assert (new.source, new.seconds) == ("", None)
    assert {column: getattr(back, column) for column in COLUMNS} == kept
    assert (back.visit_id, back.remark) == (visit.pk, "Baik.")
