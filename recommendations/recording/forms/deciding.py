"""The form with the reasons why a form is recorded complete although rules find errors in it."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from office.fields import ParagraphsField
from recommendations.instruments.findings import Finding
from recommendations.models import FindingDecision


class DecisionForm(forms.Form):
    """A reason for each finding.

    A finding whose message changed after the page was shown has a new field, so the reason must be typed again.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, findings: Sequence[Finding], decided: Iterable[FindingDecision] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        said = {(decision.rule, decision.item): decision.reason for decision in decided}
        self.findings = {field_name(finding): finding for finding in findings}
        for name, finding in self.findings.items():
            self.fields[name] = ParagraphsField(
                label="Tetap direkam karena",
                max_length=1000,
                initial=said.get((finding.rule, finding.item), ""),
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                error_messages={
                    "required": "Tulis mengapa tetap direkam, atau perbaiki isiannya.",
                    "max_length": "Terlalu panjang: paling banyak %(limit_value)d huruf, kini %(show_value)d.",
                },
            )

    @property
    def reasons(self) -> dict[Finding, str]:
        """Return the reasons by finding. Use it only after the form is valid."""
        return {finding: self.cleaned_data[name] for name, finding in self.findings.items()}


def field_name(finding: Finding) -> str:
    """Return the field name of a finding. It differs when the message differs."""
    said = f"{finding.rule}|{finding.item}|{finding.message}"
    return "alasan-" + hashlib.sha256(said.encode()).hexdigest()[:16]
