"""The form that links a submission with its visit."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from guestbook.models import Visit
from guestbook.workflow import Status
from office.fields import offer_rows
from recommendations.models import Submission


class VisitChoice(forms.ModelChoiceField):
    def label_from_instance(self, visit: Visit) -> str:
        """`R-007, Budi Contoh, 24/11/2026`."""
        return f"{visit.ticket}, {visit.visitor.name}, {visit.day:%d/%m/%Y}"


class LinkVisitForm(forms.Form):
    """The choice of a visit of today or of the day when the submission was opened, also if entered later from paper."""

    visit = VisitChoice(
        Visit.objects.none(),
        label="Kunjungan",
        empty_label="Pilih kunjungan",
        error_messages={
            "required": "Pilih kunjungannya.",
            "invalid_choice": "Pilih kunjungan hari ini atau kunjungan pada hari permohonan dibuka.",
        },
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any):
        super().__init__(*args, **kwargs | {"auto_id": "link_%s"})
        days = {timezone.localdate(), timezone.localdate(submission.opened_at)}
        came = Visit.objects.filter(Q(day__in=days), service__takes_submissions=True).exclude(status=Status.LEFT)
        offer_rows(self, "visit", came.select_related("visitor").order_by("-taken_at"))
        self.fields["visit"].widget.attrs["class"] = "form-select"
