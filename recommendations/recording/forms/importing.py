"""The forms that read a filled form from a file, and choose which of its answers to save."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from office.fields import LineField, offer
from office.models import User
from office.refusals import Refused
from recommendations.models import Submission
from recommendations.recording.file_reading import read_apart
from recommendations.recording.file_review import Incoming
from recommendations.workbook.packages import MAX_BYTES, BadWorkbook
from recommendations.workbook.reading import WorkbookReading

REVIEW_LASTS = 12 * 60 * 60  # seconds: one working day, as long as a session lasts
LONGEST_CARRIED = 1_500_000
"""Characters; a request may have 2 MB (settings). A form with 200 variables needs a tenth of it."""


class ImportForm(forms.Form):
    """The file. After `is_valid`, `reading` has its answers."""

    use_required_attribute = False

    file = forms.FileField(
        label="Berkas isian",
        help_text="Templat Excel (.xlsx) yang sudah diisi, paling besar 5 MB. Berkas YAML atau JSON juga terbaca.",
        allow_empty_file=True,  # read_apart refuses it with its own message
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.yaml,.yml,.json"}),
        error_messages={"required": "Pilih berkas isian yang akan diimpor."},
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.submission = submission
        self.reading: WorkbookReading | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        wanted = self.submission.instrument_code
        try:
            self.reading = read_apart(file.read(MAX_BYTES + 1))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        if self.reading.instrument_code != wanted:
            raise ValidationError(
                f"Berkas ini {self.reading.instrument_code}, permohonan ini {wanted}. Pilih berkas {wanted}."
            )
        return file


class ReviewForm(forms.Form):
    """The items to save. The page carries the answers of the file, signed for this submission and this officer."""

    content = LineField(
        widget=forms.HiddenInput, error_messages={"required": "Tinjauan ini tidak utuh. Impor berkasnya lagi."}
    )
    items = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang isian yang akan disimpan. Belum ada yang dicentang."},
    )

    def __init__(self, *args: Any, submission: Submission, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.salt = _salt(submission, by)
        offer(self, "items", [(item.id, item.label) for item in submission.instrument.items])

    def clean_content(self) -> dict[str, Any]:
        try:
            content: dict[str, Any] = signing.loads(self.cleaned_data["content"], salt=self.salt, max_age=REVIEW_LASTS)
        except signing.BadSignature:
            raise ValidationError("Tinjauan ini kedaluwarsa. Impor berkasnya lagi.") from None
        return content

    def chosen(self) -> dict[str, Any]:
        """Return the values of the ticked items. Use it only after the form is valid."""
        values = self.cleaned_data["content"]["values"]
        return {item_id: values[item_id] for item_id in self.cleaned_data["items"] if item_id in values}


def carried(
    reading: WorkbookReading, seen: Mapping[str, str], *, submission: Submission, by: User, found: list[Incoming]
) -> dict[str, Any]:
    """Return the first data of a ReviewForm, with only the new items ticked. Raise BadWorkbook when it is too long."""
    content = signing.dumps({"values": reading.values, "seen": seen}, salt=_salt(submission, by), compress=True)
    if len(content) > LONGEST_CARRIED:
        raise BadWorkbook("Isian berkas ini terlalu panjang untuk ditinjau sekaligus. Impor tabelnya terpisah.")
    return {"content": content, "items": [one.item.id for one in found if one.state == "new"]}


def _salt(submission: Submission, by: User) -> str:
    return f"import.{submission.pk}.{by.pk}"
