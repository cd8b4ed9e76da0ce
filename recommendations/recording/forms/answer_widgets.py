"""The controls of the official forms: codes, date ranges, tables, lines of text."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from recommendations.instruments.structure import Item, Kind
from recommendations.instruments.values import RANGE_ENDS


class RangeWidget(forms.Widget):
    """Two text inputs, for the first and the last date."""

    template_name = "recommendations/recording/_range.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ends = value if isinstance(value, Mapping) else {"awal": value or ""}
        context["widget"]["ends"] = [(end, ends.get(end) or "") for end in RANGE_ENDS]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {end: data.get(f"{name}-{end}", "") for end in RANGE_ENDS}

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-awal"


class TableWidget(forms.Widget):
    """The rows of an answer table, and one empty row, so that a row can be added without script."""

    template_name = "recommendations/recording/_table.html"

    def __init__(self, item: Item):
        super().__init__()
        self.item = item

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        filled = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        context["widget"]["columns"] = self.item.columns
        context["widget"]["rows"] = [self._row(name, number, row) for number, row in enumerate([*filled, {}])]
        context["widget"]["blank"] = self._row(name, "NOMOR", {})
        context["widget"]["row_word"] = "wilayah" if self.item.id == "wilayah" else "baris"
        return context

    def _row(self, name: str, number: int | str, row: Mapping[str, Any]) -> dict[str, Any]:
        shown = number + 1 if isinstance(number, int) else "baru"
        cells = [
            {"name": f"{name}-{number}-{column.id}", "value": row.get(column.id) or "", "column": column}
            for column in self.item.columns
        ]
        return {"number": shown, "cells": cells}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        place = re.compile(rf"{re.escape(name)}-(\d+)-(\w+)")
        rows: dict[int, dict[str, str]] = {}
        for key in data:
            if found := place.fullmatch(key):
                rows.setdefault(int(found[1]), {})[found[2]] = data.get(key)
        return [row for _, row in sorted(rows.items()) if any(cell.strip() for cell in row.values())]

    def id_for_label(self, id_: str) -> str:
        return ""


class CodeRadios(forms.RadioSelect):
    template_name = "recommendations/recording/_choices.html"


class CodeTicks(forms.CheckboxSelectMultiple):
    template_name = "recommendations/recording/_choices.html"


def _line_input(item: Item) -> forms.Widget:
    return forms.TextInput(attrs={"class": "form-control"})


def _short_input(item: Item) -> forms.Widget:
    return forms.TextInput(attrs={"class": "form-control short", "inputmode": "numeric"})


def _date_input(item: Item) -> forms.Widget:
    return forms.TextInput(attrs={"class": "form-control mid", "placeholder": "hh/bb/tttt"})


def _typed_input(mode: str) -> Callable[[Item], forms.Widget]:
    """Return a builder of text inputs with the keyboard `mode` of a phone.

    The input type stays text, so that the browser refuses no answer: a wrong one is saved and shown with a notice.
    """
    return lambda item: forms.TextInput(attrs={"class": "form-control mid", "inputmode": mode})


def _region_input(item: Item) -> forms.Widget:
    names = "provinsi" if item.level == "provinsi" else "kabkota"
    return forms.TextInput(attrs={"class": "form-control mid", "list": f"names-{names}"})


def _codes(item: Item) -> list[tuple[int, str]]:
    return [(choice.code, choice.label) for choice in item.choices]


WIDGETS: Mapping[Kind, Callable[[Item], forms.Widget]] = {
    Kind.TEXT: _line_input,
    Kind.TEXTAREA: lambda item: forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    Kind.CHOICE: lambda item: CodeRadios(choices=_codes(item)),
    Kind.YESNO: lambda item: CodeRadios(choices=_codes(item)),
    Kind.CHOICES: lambda item: CodeTicks(choices=_codes(item)),
    Kind.INTEGER: _short_input,
    Kind.YEAR: _short_input,
    Kind.DATE: _date_input,
    Kind.DATERANGE: lambda item: RangeWidget(),
    Kind.PHONE: _typed_input("tel"),
    Kind.EMAIL: _typed_input("email"),
    Kind.REGION: _region_input,
    Kind.TABLE: TableWidget,
}
