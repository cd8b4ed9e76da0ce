"""The form with which the Kepala chooses the letters to issue with one press."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from recommendations.models import Submission


class SeveralForm(forms.Form):
    """The chosen submissions. A valid form has `submissions`, the rows themselves, in the order of the page."""

    use_required_attribute = False

    submissions = forms.MultipleChoiceField(
        error_messages={
            "required": "Pilih surat yang diterbitkan.",
            "invalid_choice": "Ada surat yang tidak lagi dapat diterbitkan bersama. Lihat lagi daftar di bawah.",
        }
    )

    def __init__(self, *args: Any, ready: Iterable[Submission], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.ready = {str(one.pk): one for one in ready}
        field = cast("forms.MultipleChoiceField", self.fields["submissions"])
        field.choices = [(pk, str(one)) for pk, one in self.ready.items()]

    def clean_submissions(self) -> list[Submission]:
        chosen = set(self.cleaned_data["submissions"])
        return [submission for pk, submission in self.ready.items() if pk in chosen]
