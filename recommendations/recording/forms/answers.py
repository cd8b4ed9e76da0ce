"""Build the Django form of a block of an official form, with its crispy layout."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from office.texts import storable
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.structure import Block, Item, Kind
from recommendations.instruments.values import BadAnswer, as_typed, clean
from recommendations.instruments.words import answer_lines
from recommendations.recording.forms.answer_widgets import WIDGETS
from recommendations.recording.sheet import Line, code_addition, code_digits

SHOWN = "shown-"
"""Prefix of the hidden field of each item, with the fingerprint of the answer that the page showed."""


class AnswerField(forms.Field):
    """An item of the form. Only `instruments.values.clean` checks it."""

    def __init__(self, item: Item):
        super().__init__(required=False, label=item.label, help_text=item.help, widget=WIDGETS[item.kind](item))
        self.item = item

    def prepare_value(self, value: Any) -> Any:
        return as_typed(self.item, value)

    def clean(self, value: Any) -> Any:
        try:
            return clean(self.item, value)
        except BadAnswer as problem:
            raise ValidationError(str(problem)) from None


class LineLayout(LayoutObject):
    """One rincian: its number in the margin, its items beside it."""

    template = "recommendations/recording/_line.html"

    def __init__(self, line: Line):
        self.line = line
        self.fields = [part.item.id for part in line.parts]

    def render(self, form: "AnswerForm", context: Any, template_pack: str = "", **kwargs: Any) -> str:
        about = {"line": self.line, "parts": [drawn_part(form, part) for part in self.line.parts]}
        return render_to_string(self.template, context.flatten() | about)


def drawn_part(form: "AnswerForm", part: Any) -> dict[str, Any]:
    """Return what _part.html shows: the part, its control, the sum of its codes, and the fingerprint of its answer."""
    answer = form.answers.get(part.item.id)
    return {
        "part": part,
        "words": answer_lines(part.item, answer) if part.is_locked else [],
        "conflict": form.conflicts.get(part.item.id),
        "field": form[part.item.id],
        "digits": code_digits(part.item, answer) if part.item.kind is Kind.CHOICES else None,
        "addition": code_addition(part.item, answer) if part.item.kind is Kind.CHOICES else "",
        "fingerprint": fingerprint(part.item, answer),
    }


class AnswerForm(forms.Form):
    """The items of one block. The caller reads what was typed and saves also impossible answers; nothing is refused."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        items: tuple[Item, ...],
        answers: Mapping[str, Any],
        lines: list[Line],
        conflicts: Mapping[str, Any],
        **kwargs: Any,
    ):
        mine = {item_id: conflict.mine for item_id, conflict in conflicts.items()}
        super().__init__(*args, **kwargs | {"initial": {**answers, **mine}})
        self.answers = answers
        self.conflicts = conflicts
        self.items = {item.id: item for item in items}
        for item in items:
            self.fields[item.id] = AnswerField(item)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*map(LineLayout, lines))

    def typed(self, item_id: str) -> Any:
        """Return what was posted for one item, not cleaned."""
        widget = self.fields[item_id].widget
        return _storable(widget.value_from_datadict(self.data, self.files, self.add_prefix(item_id)))

    def typed_anew(self) -> dict[str, Any]:
        """Return the posted answers that differ from what the page showed, without items that the page did not show."""
        shown = self.shown()
        typed = {item_id: self.typed(item_id) for item_id in shown}
        return {
            item_id: raw for item_id, raw in typed.items() if fingerprint(self.items[item_id], raw) != shown[item_id]
        }

    def shown(self) -> dict[str, str]:
        """Return the posted fingerprints of the answers that the page showed, by item id."""
        posted = {item_id: self.data.get(f"{SHOWN}{item_id}") for item_id in self.fields}
        return {item_id: shown for item_id, shown in posted.items() if shown is not None}


def answer_form(
    block: Block,
    answers: Mapping[str, Any],
    lines: list[Line],
    data: Any = None,
    conflicts: Mapping[str, Any] | None = None,
) -> AnswerForm:
    """Return the form of `block`, with a field for every item; an item in `conflicts` shows the answer not saved."""
    return AnswerForm(data, items=block.items, answers=answers, lines=lines, conflicts=conflicts or {})


def _storable(raw: Any) -> Any:
    """Return the posted value without the characters that the database cannot hold in JSON."""
    if isinstance(raw, str):
        return storable(raw)
    if isinstance(raw, list):
        return [_storable(one) for one in raw]
    if isinstance(raw, dict):
        return {name: _storable(value) for name, value in raw.items()}
    return raw
