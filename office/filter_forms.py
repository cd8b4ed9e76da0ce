"""The base of the filters of a list, which are read from its address."""

from typing import Any

from django import forms
from django.forms import BoundField

EVERY = ("", "Semua")
"""The choice of a filter that is not used."""
SELECT = {"class": "form-select"}


class FilterForm(forms.Form):
    """The filters of a list. Every field may be empty, and a value that is no choice is ignored."""

    COMMON: tuple[str, ...] = ()
    """The fields that are always shown beside the search."""
    RARE: tuple[str, ...] = ()
    """The fields that are hidden until one of them is used."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options | {"auto_id": "f-%s"})

    @property
    def wanted(self) -> dict[str, Any]:
        """The valid filters by field, without empty ones."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def common(self) -> list[BoundField]:
        return [self[name] for name in self.COMMON]

    @property
    def rare(self) -> list[BoundField]:
        return [self[name] for name in self.RARE]

    @property
    def shows_rare(self) -> bool:
        """Return whether a rare field has a value, also one that is not valid."""
        return any(field.value() for field in self.rare)
