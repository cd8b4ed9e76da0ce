"""The forms for the facts of the surat pengantar, and for the files to attach."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from office.fields import LineField, TypedDateField, offer
from recommendations.instruments.attachment_kinds import guessed_kind
from recommendations.instruments.structure import Instrument
from recommendations.uploads import ACCEPTED, MAX_BYTES, BadFile, fitting_name, shown_size
from recommendations.uploads.checks import content_type_of
from recommendations.uploads.refusal import TooComplex

GUESS = ("", "Kenali dari nama berkas")
MOST_AT_ONCE = 20
"""Files of one request: each is checked in a child process before it counts on a link or a submission."""
MOST_TOO_COMPLEX = 2
"""Files of one request that may exceed the limits of a child process. After these no further file is checked."""


def checked(file: UploadedFile) -> str:
    """Return the type of a file, found from its content, and give it a name that fits the type. Raise BadFile."""
    content_type = content_type_of(file, size=file.size or 0)
    file.name = fitting_name(file.name or "", content_type)
    return content_type


class OneFileForm(forms.Form):
    """A form with a field `file`. A valid form has the type of the file in `content_type`: "" without a file."""

    content_type = ""

    def clean_file(self) -> UploadedFile | None:
        """Check the file and note its type. Raise ValidationError with the words of recommendations/uploads."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        try:
            self.content_type = checked(file)
        except BadFile as problem:
            raise ValidationError(str(problem)) from None
        return file


class CoverLetterForm(forms.Form):
    """The facts of the surat pengantar that no instrument asks for: number, date, signatory."""

    use_required_attribute = False

    cover_number = LineField(label="Nomor", max_length=100, error_messages={"required": "Tulis nomor surat pengantar."})
    cover_date = TypedDateField(
        label="Tanggal",
        help_text="Seperti 28/02/2027.",
        error_messages={"required": "Tulis tanggal surat pengantar, seperti 28/02/2027."},
    )
    cover_signatory = LineField(
        label="Penanda tangan",
        max_length=200,
        help_text="Jabatan dan nama, seperti tertulis.",
        error_messages={"required": "Tulis penanda tangan surat pengantar."},
    )


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A field for several files: its value is a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Sequence[object]:
        """Return the files, or what a subclass makes of them. Raise ValidationError."""
        return self.files_in(data, initial)

    def files_in(self, data: Any, initial: Any) -> list[UploadedFile]:
        """Return the files. Raise ValidationError."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given or [None]]


class KindForm(forms.Form):
    """The kind and the description of a file."""

    use_required_attribute = False

    kind = forms.ChoiceField(label="Jenis lampiran", error_messages={"required": "Pilih jenis lampiran."})
    description = LineField(
        label="Keterangan",
        max_length=200,
        required=False,
        help_text="Berkas apa ini. Bila kosong, nama berkasnya.",
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.kinds = [(kind.id, kind.label) for kind in instrument.attachments]
        offer(self, "kind", self.kinds)


class AttachmentForm(KindForm):
    """Files to attach, with their kind and description.

    After validation `papers` holds the files that can be attached, and `refused` says why the others cannot.
    """

    file = SeveralFilesField(
        label="Berkas",
        help_text=f"PDF, JPEG, PNG, DOCX, atau XLSX, masing-masing paling besar {shown_size(MAX_BYTES)}.",
        allow_empty_file=True,  # uploads refuses it with its own message
        widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Pilih berkas yang akan dilampirkan."},
    )

    def __init__(self, *args: Any, guesses: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.papers: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.too_complex = 0
        if guesses:
            self.fields["kind"].required = False
            offer(self, "kind", [GUESS, *self.kinds])

    def clean_file(self) -> list[UploadedFile]:
        """Sort the files into `papers` and `refused`.

        Raise ValidationError when no file can be attached, and before any check when there are more than MOST_AT_ONCE.
        """
        files: list[UploadedFile] = self.cleaned_data["file"]
        if len(files) > MOST_AT_ONCE:
            raise ValidationError(f"Paling banyak {MOST_AT_ONCE} berkas sekali kirim. Kirim sebagian dulu.")
        for file in files:
            self._sort(file)
        if not self.papers:
            raise ValidationError(self.refused)
        return files

    def _sort(self, file: UploadedFile) -> None:
        if self.too_complex == MOST_TOO_COMPLEX:
            self.refused.append(f"{file.name}: belum diperiksa. Kirim lagi tanpa berkas yang terlalu rumit.")
            return
        try:
            content_type = checked(file)
        except BadFile as problem:
            self.too_complex += isinstance(problem, TooComplex)
            several = len(self.cleaned_data["file"]) > 1
            self.refused.append(f"{file.name}: {problem}" if several else str(problem))
            return
        self.papers.append({"file": file, "content_type": content_type})

    def clean(self) -> dict[str, Any]:
        """Give each file of `papers` the chosen kind, or the kind guessed from its name."""
        super().clean()
        facts = self.cleaned_data
        for paper in self.papers:
            guessed = guessed_kind(self.instrument, paper["file"].name).id
            paper |= {"kind": facts.get("kind") or guessed, "description": facts.get("description", "")}
        return facts
