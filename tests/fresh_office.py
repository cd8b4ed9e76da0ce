"""The rows of a fresh office: made once in a run by the real commands, then copied for each test."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone


@dataclass(frozen=True)
class FreshOffice:
    """The tables of a fresh office, each with a copy beside it, and the year in which it was made."""

    year: int
    tables: tuple[str, ...]
    migrated: tuple[str, ...]
    """The tables that `migrate` fills: permissions and content types."""

    def may_be_copied(self) -> bool:
        """Return False in another year, because the office then has another calendar."""
        return timezone.localdate().year == self.year

    def copy(self) -> None:
        """Copy the rows. A test that commits first removes what a late request of the test before wrote meanwhile."""
        if not connection.in_atomic_block:
            empty(self.tables)
        _bring_back(self.tables)

    def restore_migrated(self) -> None:
        """Restore permissions and content types after a flush, with the same ids, because the copies refer to them."""
        _bring_back(self.migrated)


def keep(tables: list[str]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")  # noqa: S608 - our own tables
    return tuple(tables)


@transaction.atomic
def empty(tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables


@transaction.atomic
def _bring_back(tables: tuple[str, ...]) -> None:
    """Insert the kept rows. A row that a late request has just written again, e.g. the office's profile, stays."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"INSERT INTO {table} SELECT * FROM kept_{table} WHERE true ON CONFLICT DO NOTHING"  # noqa: S608 - our own tables
            )


def filled_tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model._base_manager.exists()]


def prepare_office() -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("load_calendar", 2025, 2026, 2027, stdout=nowhere)
        call_command("prepare", stdout=nowhere)
