"""What the admin's page showed of the letter's style. Saving sends it back, so no older word is put back unseen."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.forms import model_to_dict
from django.utils.text import capfirst

from office.models import LetterStyle
from office.seals import TOO_OLD, Shown, fingerprint_of
from office.texts import with_full_stop

LONGEST_TOLD = 200
"""Longer words do not fit into the message about a change."""


@dataclass(frozen=True)
class ShownStyle(Shown):
    """A fingerprint of each field of the style, by name."""

    fields: dict[str, str] = field(default_factory=dict)

    def untouched(self, typed: LetterStyle, names: Iterable[str]) -> list[str]:
        """Return which of the fields `names` hold in `typed` what the page showed."""
        sent = shown_style(typed).fields
        return [name for name in names if self.fields.get(name) == sent[name]]


def shown_style(style: LetterStyle) -> ShownStyle:
    """Return what a page shows of the style."""
    values = model_to_dict(style, exclude=["id"]) | {"logo": bytes(style.logo).hex()}
    return ShownStyle({name: fingerprint_of(str(value)) for name, value in values.items()})


def style_changes(shown: ShownStyle, style: LetterStyle) -> list[str]:
    """Return a sentence for each field that is not any more as it was shown. Empty when nothing has changed."""
    if not shown.fields:
        return [TOO_OLD]
    now = shown_style(style).fields
    return [_words(style, name) for name in now if shown.fields.get(name) != now[name]]


def _words(style: LetterStyle, name: str) -> str:
    label, value = capfirst(getattr(LetterStyle, name).field.verbose_name), getattr(style, name)
    tells = isinstance(value, int | str) and len(str(value)) <= LONGEST_TOLD and "\n" not in str(value)
    return f"{label} kini “{value}”." if tells else with_full_stop(f"{label} berubah")
