"""The filters of the list of submissions, read from its address."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from guestbook.periods import NotAPeriod, Period, period_of
from office.fields import LineField, offer
from office.filter_forms import EVERY, SELECT, FilterForm
from office.models import User
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Agency, Submission
from recommendations.submissions.filters import ANSWERED, MINE, Due, holders
from recommendations.workflow import Status


class NarrowingForm(FilterForm):
    """The filters of the list of submissions."""

    COMMON = ("tenggat", "langkah", "petugas")
    RARE = ("instansi", "formulir", "terekam")

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
        super().__init__(*args, **options)
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
