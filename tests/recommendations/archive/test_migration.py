"""The index is filled from the submissions and archived activities that exist already."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from recommendations.archive.similar import similar_activities
from recommendations.models import ActivityIndex, ActivityPosting, ActivityWord

pytestmark = pytest.mark.django_db


def test_the_migration_brings_earlier_submissions_into_the_index(asked_for):
    asked_for("Survei Harga Ikan", variables=["Harga", "Berat ikan"])
    asked_for("")
    kept = list(ActivityIndex.objects.exclude(variables="").values_list("submission", "variables"))
    for model in (ActivityPosting, ActivityWord, ActivityIndex):
        model.objects.all().delete()

    name = next(name for app, name in MigrationLoader(connection).disk_migrations if name.endswith("_activities"))
    import_module(f"recommendations.migrations.{name}").index_submissions(apps, None)

    assert list(ActivityIndex.objects.values_list("submission", "variables")) == kept
    assert [one.title for one in similar_activities("Harga Ikan", [], "")] == ["Survei Harga Ikan"]


def test_the_index_can_be_rebuilt(asked_for, archived):
    asked_for("Survei Harga Ikan", variables=["Harga"])
    asked_for("")
    archived("Survei Harga Ikan Sungai", variables="Harga")
    before = [one.key for one in similar_activities("Harga Ikan", ["harga"], "")]
    said = StringIO()
    ActivityPosting.objects.all().delete()
    assert similar_activities("Harga Ikan", [], "") == []

    call_command("index_activities", stdout=said)

    assert said.getvalue() == "1 permohonan dan 1 kegiatan arsip diindeks.\n"
    assert [one.key for one in similar_activities("Harga Ikan", ["harga"], "")] == before
