"""The filters of the list of submissions, read from its address."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from guestbook.periods import NotAPeriod, Period, period_of
from office.fields import LineField, offer
from office.models import User
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Agency, Submission
from recommendations.submissions.filters import ANSWERED, MINE, Due, holders
from recommendations.workflow import Status

EVERY = ("", "Semua")
SELECT = {"class": "form-select"}


class NarrowingForm(forms.Form):
    """The filters. Every field may be empty, and a value that is no choice is ignored."""

    cari = LineField(required=False, max_length=200)
    tenggat = forms.ChoiceField(label="Tenggat", required=False, choices=[EVERY, *Due.choices])
    langkah = forms.ChoiceField(label="Langkah", required=False)
    petugas = forms.ChoiceField(label="Petugas", required=False)
    instansi = forms.ChoiceField(label="Instansi", required=False)
    formulir = forms.ChoiceField(
        label="Formulir", required=False, choices=[EVERY, *((code, code) for code in INSTRUMENTS)]
    )
    terekam = LineField(label="Bulan terekam lengkap", required=False, max_length=7)

    def __init__(self, *args: Any, user: User, statuses: list[Status], **options: Any):
        super().__init__(*args, **options | {"auto_id": "f-%s"})
        steps = [EVERY, *((status.value, status.label) for status in statuses)]
        offer(self, "langkah", [*steps, *self._answer_step(statuses)])
        people = [(str(one.pk), one.name) for one in holders() if one != user]
        offer(self, "petugas", [EVERY, (MINE, f"{user.name} (saya)"), *people])
        with_submissions = Exists(Submission.objects.filter(applicant__agency=OuterRef("pk")))
        agencies = Agency.objects.filter(with_submissions).order_by("name").values_list("pk", "name")
        offer(self, "instansi", [EVERY, *((str(pk), name) for pk, name in agencies)])
        for name in ("tenggat", "langkah", "petugas", "instansi", "formulir"):
            self.fields[name].widget.attrs |= SELECT
        self.fields["terekam"].widget = forms.TextInput(attrs={"type": "month", "class": "form-control"})

    @staticmethod
    def _answer_step(statuses: list[Status]) -> list[tuple[str, str]]:
        return [(ANSWERED, "Perbaikan, jawaban masuk")] if Status.RETURNED in statuses else []

    def clean_terekam(self) -> Period | None:
        code = self.cleaned_data["terekam"]
        try:
            return period_of(code) if code else None
        except NotAPeriod:
            raise forms.ValidationError("Tulis bulan seperti 2026-11.") from None

    @property
    def wanted(self) -> dict[str, Any]:
        """The valid filters by field, without empty ones."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def common(self) -> list[Any]:
        """The fields that are always shown beside the search."""
        return [self[name] for name in ("tenggat", "langkah", "petugas")]

    @property
    def rare(self) -> list[Any]:
        """The fields that are hidden until one of them is used."""
        return [self[name] for name in ("instansi", "formulir", "terekam")]

    @property
    def shows_rare(self) -> bool:
        return any(field.name in self.wanted for field in self.rare)
