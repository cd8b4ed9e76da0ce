"""What our forms share: choices that are known only when a form is made, and the first thing that is wrong with it."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField


def offer(form: BaseForm, name: str, choices: Iterable[tuple[str, str | list[tuple[str, str]]]]) -> None:
    """The field offers these choices, or groups of them. Raises TypeError for a field that offers none."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = list(choices)


def offer_rows(form: BaseForm, name: str, rows: QuerySet[Model]) -> None:
    """The field offers these rows. Raises TypeError for a field that offers none."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows


def first_error(form: BaseForm) -> str:
    """The first thing that is wrong with a form that is not valid."""
    return str(next(iter(form.errors.values()))[0])
