"""Insert very many rows with one SQL statement."""

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], given: dict[str, str], numbers: str, bounds: list[int]) -> None:
    """Insert one row of `model` for each number. `given` is SQL; every other field gets the model's default."""
    others = [field for field in model._meta.concrete_fields if not (field.primary_key or field.column in given)]
    defaults = [field.get_db_prep_save(field.get_default(), connection) for field in others]
    columns = ", ".join([*given, *(field.column for field in others)])
    values = ", ".join([*given.values(), *["%s"] * len(others)])
    insert = f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM {numbers}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(insert, [*defaults, *bounds])


def numbers() -> str:
    """Return SQL for a table of whole numbers `i`, from its first to its second parameter."""
    if connection.vendor == "postgresql":
        return "generate_series(CAST(%s AS integer), CAST(%s AS integer)) AS past(i)"
    return "(WITH RECURSIVE past(i) AS (VALUES(%s) UNION ALL SELECT i + 1 FROM past WHERE i < %s) SELECT i FROM past)"
