"""No figure of visitors' answers is made of fewer than five: the office's profile cannot ask for one."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.models import TOLD_FROM, Office


def test_the_least_number_of_respondents_is_at_least_five(office):
    office.min_respondents = TOLD_FROM - 1

    with pytest.raises(ValidationError, match="min_respondents"):
        office.full_clean()
    with pytest.raises(IntegrityError, match="figures_of_enough_respondents"), transaction.atomic():
        office.save()
    office.min_respondents = TOLD_FROM
    office.full_clean()


@pytest.mark.parametrize(("before", "after"), [(5, 7), (7, 7), (30, 30)])
def test_a_smaller_number_of_an_older_office_is_raised(office, monkeypatch, before, after):
    """The table takes no smaller number any more, so the migration raises to seven here."""
    migration = import_module("office.migrations.0020_figures_of_enough_respondents")
    monkeypatch.setattr(migration, "LEAST", 7)
    Office.objects.update(min_respondents=before)

    migration.raise_small_minimums(apps, None)

    assert Office.objects.current().min_respondents == after
