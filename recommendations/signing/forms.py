"""The forms for a scan of the signed paper, and for a letter that was signed in another application."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from office.fields import LineField
from recommendations.attachments.forms import SeveralFilesField, SeveralFilesInput, checked
from recommendations.models import Letter
from recommendations.signing.other_letters import other_letter_in, words_of_other
from recommendations.uploads import MAX_BYTES, PDF, PICTURES, BadFile, shown_size
from recommendations.uploads.pages import joined_pdf, picture_to_join

MOST_PHOTOS = 20


def scan_of(files: Sequence[UploadedFile]) -> "File[bytes]":
    """Return the scan as one PDF: the only file, or the photos joined in their order. Raise BadFile."""
    if len(files) > MOST_PHOTOS:
        raise BadFile(f"Paling banyak {MOST_PHOTOS} foto. Pindai sebagai satu PDF bila suratnya lebih panjang.")
    kinds = {checked(file) for file in files}
    if kinds == {PDF} and len(files) == 1:
        return files[0]
    if not kinds <= set(PICTURES):
        raise BadFile("Pilih satu PDF, atau foto setiap halaman (JPEG atau PNG). Keduanya tidak dapat dicampur.")
    return _joined(files)


def _joined(photos: Sequence[UploadedFile]) -> "File[bytes]":
    content = joined_pdf([picture_to_join(_content(photo)) for photo in photos])
    if len(content) > MAX_BYTES:
        raise BadFile(f"Gabungan foto ini lebih dari {shown_size(MAX_BYTES)}. Pindai sebagai satu PDF.")
    return ContentFile(content, name=f"Pindaian {len(photos)} halaman.pdf")


def _content(photo: UploadedFile) -> bytes:
    photo.seek(0)
    content: bytes = photo.read()
    return content


class ScanForm(forms.Form):
    """The scan of the signed paper. A valid form has `file`, one PDF."""

    use_required_attribute = False

    file = SeveralFilesField(
        label="Pindaian surat yang sudah ditandatangani",
        help_text=f"Satu PDF, atau foto setiap halaman menurut urutannya. Paling besar {shown_size(MAX_BYTES)}.",
        allow_empty_file=True,  # uploads refuses it with its own message
        widget=SeveralFilesInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={"required": "Pilih pindaian surat yang sudah ditandatangani."},
    )

    def __init__(self, *args: Any, letter: Letter | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.letter = letter

    def clean_file(self) -> "File[bytes]":
        files: list[UploadedFile] = self.cleaned_data["file"]
        for file in files:
            if (file.size or 0) <= MAX_BYTES:
                self._must_be_no_pdf_of_ours(_content(file))
        try:
            return scan_of(files)
        except BadFile as problem:
            raise ValidationError(str(problem)) from None

    def _must_be_no_pdf_of_ours(self, content: bytes) -> None:
        """Raise ValidationError when the file is our own PDF of the letter, or is another letter."""
        letter = self.letter
        if letter is None:
            return
        if letter.is_drawn and hashlib.sha256(content).hexdigest() == letter.sha256:
            raise ValidationError(
                "Ini PDF surat kami, belum ditandatangani. Unggah pindaian surat yang ditandatangani."
            )
        if other := other_letter_in(content, letter):
            raise ValidationError(f"{words_of_other(other, letter)} Unggah pindaian surat yang benar.")


class SignedFileForm(forms.Form):
    """The PDF that came back from the application in which it was signed."""

    use_required_attribute = False

    file = forms.FileField(
        label="PDF yang sudah ditandatangani",
        help_text=f"Berkas dari aplikasi tanda tangan, tanpa diubah. Paling besar {shown_size(MAX_BYTES)}.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": "Pilih PDF yang sudah ditandatangani."},
    )
    reason = LineField(label="Mengapa tanda tangan ini benar", max_length=200, required=False)


class SignForm(forms.Form):
    """The letters to sign now, and the passphrase, which is used once and kept nowhere."""

    use_required_attribute = False

    letters = forms.ModelMultipleChoiceField(
        queryset=Letter.objects.none(), error_messages={"required": "Pilih surat yang ditandatangani."}
    )
    passphrase = forms.CharField(  # noqa: TID251 - a passphrase is not tidied
        label="Passphrase",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Hanya untuk kali ini, tidak disimpan. Setelah beberapa kali salah, akun Anda dapat terkunci.",
        error_messages={"required": "Ketik passphrase Anda."},
    )

    def __init__(self, *args: Any, letters: QuerySet[Letter], **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField", self.fields["letters"]).queryset = letters


class AcceptForm(forms.Form):
    """The officer says that the scan was compared with the letter. A valid form has no other fact."""

    use_required_attribute = False

    compared = forms.BooleanField(
        error_messages={"required": "Cocokkan dahulu pindaian dengan surat, lalu centang pernyataannya."}
    )

    def __init__(self, *args: Any, signer: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields[
            "compared"
        ].label = f"Nomor, tanggal, dan isi setiap halaman sama dengan surat, dan surat ini ditandatangani {signer}"

    def clean(self) -> dict[str, Any]:
        return {}


class RejectForm(forms.Form):
    """Why a scan is not the signed letter."""

    reason = LineField(
        label="Sebab ditolak",
        max_length=300,
        help_text="Misalnya: pindaian surat lain, belum ditandatangani, halaman kurang.",
        error_messages={"required": "Tulis sebab pindaian ini ditolak."},
    )
