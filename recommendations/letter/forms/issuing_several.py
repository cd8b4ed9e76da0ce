"""The form with which the Kepala chooses the letters to issue with one press."""

from collections.abc import Iterable
from typing import Any

from django import forms

from recommendations.models import Submission


class KeysField(forms.TypedMultipleChoiceField):
    """The keys of ticked rows, also of rows that the page does not offer any more."""

    def valid_value(self, value: str) -> bool:
        """Return whether it is a key at all."""
        return value.isascii() and value.isdigit()


class SeveralForm(forms.Form):
    """The chosen submissions. A valid form has `submissions`, the rows themselves, in the order of the page.

    A chosen one that cannot be issued here any more is left out, so that it holds up no other; `gone` counts them.
    """

    use_required_attribute = False

    submissions = KeysField(coerce=int, error_messages={"required": "Pilih surat yang diterbitkan."})

    def __init__(self, *args: Any, ready: Iterable[Submission], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.ready = {one.pk: one for one in ready}
        self.gone = 0

    def clean_submissions(self) -> list[Submission]:
        chosen = set(self.cleaned_data["submissions"])
        self.gone = len(chosen - self.ready.keys())
        return [submission for pk, submission in self.ready.items() if pk in chosen]
