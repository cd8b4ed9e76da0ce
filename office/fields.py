"""Set the choices of a form's field when the form is made, and read the first error of a form."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField


def offer(form: BaseForm, name: str, choices: Iterable[tuple[str, str | list[tuple[str, str]]]]) -> None:
    """Set the choices, or groups of choices, of a field. Raise TypeError when it is not a ChoiceField."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = list(choices)


def offer_rows(form: BaseForm, name: str, rows: QuerySet[Model]) -> None:
    """Set the rows that a field offers. Raise TypeError when it is not a ModelChoiceField."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows


def first_error(form: BaseForm) -> str:
    """Return the first error of a form that is not valid."""
    return str(next(iter(form.errors.values()))[0])
