"""The late reason, typed in the dialog of the next step (return, verify, issue) or on the deadline page."""

from django import forms

from office.fields import ParagraphsField, too_long_for


class LateReasonForm(forms.Form):
    """The late reason. The form accepts an empty one; the action refuses it when a reason is needed."""

    late_reason = ParagraphsField(
        label="Sebab terlambat",
        max_length=400,
        required=False,
        help_text="Terbaca pada riwayat, pada halaman tenggat, dan oleh Kepala.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": too_long_for("Sebab")},
    )
