"""The form of the quick rating, and the form with the nine questions of the SKM, a remark and a complaint."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from office.fields import LineField, ParagraphsField, show_instead, too_long
from office.seals import Shown
from ratings.instruments import SKM_9
from ratings.models import QuickRating

YES, NO = "ya", "tidak"
LONGEST = 24 * 60 * 60
"""Seconds. A form that was open for longer was left behind, so its time says nothing."""


@dataclass(frozen=True)
class RatingOpened(Shown):
    """When the questions were shown, in seconds since 1970; 0 when the page did not say it."""

    at: int = 0


class FaceForm(forms.Form):
    """One of the four faces; 0 when the visitor chose not to rate."""

    face = forms.TypedChoiceField(
        choices=[*QuickRating.Face.choices, (0, "Tidak menilai")],
        coerce=lambda value: int(value) or None,
        empty_value=None,
    )

    @property
    def faces(self) -> list[tuple[int, str]]:
        """The value and the words of each face, the worst first."""
        return QuickRating.Face.choices


class RatingForm(forms.Form):
    """The nine questions, all required; the remark and the complaint are optional."""

    remark = ParagraphsField(
        label="Saran",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "class": "form-control"}),
        error_messages={"max_length": too_long("2.000")},
    )
    has_complaint = forms.ChoiceField(
        label="Apakah ada pengaduan?",
        choices=[(NO, "Tidak ada"), (YES, "Ada, saya ingin mengadu")],
        widget=forms.RadioSelect,
        required=False,
    )
    complaint = ParagraphsField(
        label="Isi pengaduan",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "class": "form-control"}),
        error_messages={"max_length": too_long("4.000")},
    )

    opened = LineField(required=False, widget=forms.HiddenInput)
    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)  # of the complaint

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["opened"] = RatingOpened(_now()).sealed()
        for number, aspect in enumerate(SKM_9.aspects, start=1):
            unanswered = f"Pertanyaan {number} belum dijawab."
            self.fields[aspect.key] = forms.TypedChoiceField(
                label=aspect.question,
                choices=list(enumerate(aspect.choices, start=1)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": unanswered, "invalid_choice": unanswered},
            )

    def clean(self) -> dict[str, Any]:
        """Require the text of a complaint when there is one; drop the text when the visitor chose to have none.

        Without a choice there is a complaint if there is a text: nothing that was typed is lost.
        """
        self.errors.pop("form_token", None)  # not written by the page: the complaint is saved without a token
        wants = self.cleaned_data.get("has_complaint")
        if wants == YES and not self.cleaned_data.get("complaint") and "complaint" not in self.errors:
            self.add_error("complaint", "Tulis pengaduan Anda, atau pilih Tidak ada.")
        if wants == NO:
            self.cleaned_data["complaint"] = ""
        return self.cleaned_data

    def take_new_token(self) -> None:
        """Give the page a new token, so that what is typed there can be sent."""
        show_instead(self, "form_token", str(uuid.uuid4()))

    @property
    def questions(self) -> list[forms.BoundField]:
        """The nine questions in the official order."""
        return [self[key] for key in SKM_9.keys]

    @property
    def answers(self) -> dict[str, int]:
        """The answers by aspect, each 1 to 4."""
        return {key: self.cleaned_data[key] for key in SKM_9.keys}

    @property
    def seconds(self) -> int | None:
        """The seconds from the first look at the questions until they were sent; None when that is not known."""
        opened = RatingOpened.unsealed(self.cleaned_data["opened"]).at
        seconds = _now() - opened
        return seconds if 0 <= seconds <= LONGEST else None


def _now() -> int:
    return int(timezone.now().timestamp())
