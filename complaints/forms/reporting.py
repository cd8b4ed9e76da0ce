"""The forms of the reporter, on the public page and the kiosk."""

import uuid
from datetime import date, timedelta
from typing import Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from complaints.models import Complaint
from complaints.page_seal import ComplaintOpened
from complaints.reporter import Reporter
from complaints.staff import head_complained_about
from office.fields import EmailLineField, LineField, ParagraphsField, PhoneField, offer, show_instead, too_long
from office.formats import plain_date
from office.seals import TOO_OLD
from recommendations.attachments.forms import SeveralFilesField, SeveralFilesInput, checked
from recommendations.uploads import ACCEPTED, MAX_BYTES, BadFile, shown_size

MOST_AT_ONCE = 3
"""Files of one request: each is checked in a child process."""
LONGEST_TEXT = 4000
TOO_LONG_TEXT = too_long("4.000")
OF_FILES = (
    "Bila tanpa nama, foto disimpan tanpa lokasi dan nama berkasnya; PDF, DOCX, dan XLSX dapat memuat nama pembuatnya."
)
SAME_HEAD_FOR = timedelta(days=1)
"""A form that was opened longer ago asks again which head is meant."""
SEND_AGAIN = f"{TOO_OLD} Isian Anda masih ada: periksa, lalu kirim sekali lagi."

OTHER_HEAD = (
    "Kepala kantor berganti sejak halaman ini dibuka pada {day}. Bila yang Anda maksud Kepala sebelumnya, hapus tanda "
    "ini dan tulis namanya pada isi pengaduan. Lalu kirim sekali lagi."
)


def text_field(label: str, *, required: str = "", rows: int = 6) -> ParagraphsField:
    """Return a field for a text of up to 4,000 letters; it must be filled when `required` says what to type."""
    return ParagraphsField(
        label=label,
        required=bool(required),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={"required": required, "max_length": TOO_LONG_TEXT},
    )


class CheckedFile(TypedDict):
    """A file of the reporter, and its content type by its content."""

    file: "File[bytes]"
    content_type: str


class ComplaintFilesField(SeveralFilesField):
    """Up to three files, each checked by its content. Its value is a list of CheckedFile."""

    def __init__(self, **options: Any):
        super().__init__(
            label="Berkas, boleh dikosongkan",
            required=False,
            allow_empty_file=True,  # uploads refuses it with its own message
            help_text=f"Foto, PDF, DOCX, atau XLSX; paling banyak {MOST_AT_ONCE}, masing-masing "
            f"paling besar {shown_size(MAX_BYTES)}. {OF_FILES}",
            widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        """Return the files with their types. Raise ValidationError for too many, or for one that is refused."""
        files = [file for file in self.files_in(data, initial) if file]
        if len(files) > MOST_AT_ONCE:
            raise ValidationError(f"Paling banyak {MOST_AT_ONCE} berkas sekali kirim.")
        return [{"file": file, "content_type": _type_of(file)} for file in files]


def _type_of(file: UploadedFile) -> str:
    try:
        return checked(file)
    except BadFile as problem:
        raise ValidationError(f"{file.name}: {problem}") from None


class TokenForm(forms.Form):
    """A form with a token of its own: a form that is sent twice is saved once."""

    use_required_attribute = False

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        """Replace a missing or invalid token, and ask to send the form again."""
        if self.errors.pop("form_token", None):
            self.take_new_token()
            self.add_error(None, SEND_AGAIN)
        return self.cleaned_data

    def take_new_token(self) -> None:
        """Give the page a new token, so that what is typed there can be sent."""
        show_instead(self, "form_token", str(uuid.uuid4()))


class ReporterForm(TokenForm):
    """The text of a complaint, and who complains. Everything but the text may stay empty."""

    text = text_field("Isi pengaduan", required="Tulis pengaduan Anda.", rows=5)
    element = forms.ChoiceField(
        label="Tentang apa, boleh dikosongkan",
        required=False,
        error_messages={"invalid_choice": "Pilih salah satu dari daftar."},
    )
    reporter_name = LineField(
        label="Nama, boleh dikosongkan", max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    reporter_phone = PhoneField(
        label="Nomor HP, boleh dikosongkan",
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    reporter_email = EmailLineField(
        label="E-mail, boleh dikosongkan",
        max_length=254,
        required=False,
        help_text="Kami kabari bila ada tanggapan. Isi tanggapan tidak dikirim lewat e-mail.",
        widget=forms.EmailInput({"inputmode": "email", "autocomplete": "off"}),
        error_messages={"invalid": "Belum lengkap, contoh: nama@contoh.go.id"},
    )
    is_confidential = forms.BooleanField(
        label="Rahasiakan",
        required=False,
        help_text="Hanya Kepala kantor dan petugas yang ditugaskan yang dapat membacanya.",
    )
    is_about_head = forms.BooleanField(
        label="Tentang Kepala kantor",
        required=False,
        help_text="Kepala kantor tidak dapat membacanya; petugas lain yang menanganinya.",
    )

    opened = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["opened"] = _opened_today()
        if "element" in self.fields:
            offer(self, "element", Complaint.Element.choices)

    def clean(self) -> dict[str, Any]:
        """Ask again which head is meant when the form was opened days ago, under another head."""
        super().clean()
        day, today = self.opened_on, timezone.localdate()
        if not self.cleaned_data.get("is_about_head") or day >= today - SAME_HEAD_FOR:
            return self.cleaned_data
        if head_complained_about(day) != head_complained_about(today):
            show_instead(self, "opened", _opened_today())
            self.add_error("is_about_head", OTHER_HEAD.format(day=plain_date(day)))
        return self.cleaned_data

    @property
    def opened_on(self) -> date:
        """The day on which the form was opened; today when the page did not say it."""
        day = ComplaintOpened.unsealed(self.cleaned_data.get("opened", "")).day
        return date.fromisoformat(day) if day else timezone.localdate()

    @property
    def reporter(self) -> Reporter:
        """Who complains. Only for a valid form."""
        facts = self.cleaned_data
        names = (facts["reporter_name"], facts["reporter_phone"], facts["reporter_email"])
        return Reporter(*names, is_confidential=facts["is_confidential"])

    @property
    def facts(self) -> dict[str, Any]:
        """The other facts of `receive`. Only for a valid form."""
        about = head_complained_about(self.opened_on) if self.cleaned_data.get("is_about_head") else None
        typed = {name: self.cleaned_data.get(name, "") for name in ("text", "element", "form_token")}
        return typed | {"about": about}

    @property
    def about_reporter(self) -> list[forms.BoundField]:
        """The fields that a reporter who wants an answer by telephone or mail fills in."""
        return [self[name] for name in ("reporter_name", "reporter_phone", "reporter_email")]

    @property
    def has_reporter(self) -> bool:
        """Return whether one of these fields was filled in, or was filled in wrongly, so that the page shows them."""
        return any(field.value() or field.errors for field in self.about_reporter)


def _opened_today() -> str:
    return ComplaintOpened(timezone.localdate().isoformat()).sealed()


class KioskComplaintForm(ReporterForm):
    """The kiosk's form. It asks for no unsur, so that it fits the screen without scrolling."""

    element = None  # type: ignore[assignment]  # Django's way to leave a field out; its types cannot say that


class PageComplaintForm(ReporterForm):
    """The public page's form; it takes files too."""

    papers = ComplaintFilesField()


class ComplaintCodeForm(forms.Form):
    """The code by which a reporter opens the conversation."""

    use_required_attribute = False

    code = LineField(
        label="Kode pengaduan",
        max_length=40,
        help_text="Enam belas huruf dan angka, seperti 7KQF-M2XD-9RTA-C4WH.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Ketik kode pengaduan Anda.", "max_length": "Kode berisi 16 huruf dan angka."},
    )


class ReplyForm(TokenForm):
    """A message of the reporter, with files."""

    text = text_field("Tulis pesan", rows=4)
    papers = ComplaintFilesField()

    def clean(self) -> dict[str, Any]:
        """Require a message or a file."""
        super().clean()
        if not (self.cleaned_data.get("text") or self.cleaned_data.get("papers") or self.errors):
            self.add_error("text", "Tulis pesan, atau pilih berkas.")
        return self.cleaned_data

    @property
    def message(self) -> dict[str, Any]:
        """What `reply` takes. Only for a valid form."""
        papers = [(paper["file"], paper["content_type"]) for paper in self.cleaned_data["papers"]]
        return {name: self.cleaned_data[name] for name in ("text", "form_token")} | {"papers": papers}


class SatisfactionForm(forms.Form):
    """Whether the reporter is satisfied with the handling, and why not."""

    use_required_attribute = False

    YES, NO = "puas", "belum"

    is_satisfied = forms.TypedChoiceField(
        label="Apakah Anda puas dengan penanganannya?",
        choices=[(YES, "Puas"), (NO, "Belum puas")],
        coerce=lambda value: value == SatisfactionForm.YES,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih puas atau belum puas."},
    )
    text = text_field("Yang belum selesai, bila belum puas", rows=4)
