"""The form for the receipt of a letter: a signature drawn on the screen, or the scanned receipt."""

import binascii
from base64 import b64decode
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from office.fields import LineField
from recommendations.attachments.forms import OneFileForm
from recommendations.models import DeliveryReceipt
from recommendations.uploads import MAX_BYTES, PDF, PICTURES, PNG, BadFile, shown_size
from recommendations.uploads.checks import MOST_SIGNATURE, check_signature

DRAWN = "data:image/png;base64,"
"""The beginning of the data: URI that a browser makes of the drawing (RFC 2397)."""
LONGEST = len(DRAWN) + MOST_SIGNATURE * 4 // 3 + 4


class ReceiptForm(OneFileForm):
    """One receipt. A valid form has the facts that `keep_receipt` takes."""

    use_required_attribute = False

    drawn = LineField(
        required=False,
        max_length=LONGEST,
        widget=forms.HiddenInput,
        error_messages={"max_length": "Gambar tanda tangan terlalu besar. Hapus, lalu tanda tangani lagi."},
    )
    file = forms.FileField(
        label="Pindaian atau foto tanda terima",
        help_text=f"PDF, JPEG, atau PNG, paling besar {shown_size(MAX_BYTES)}.",
        required=False,
        allow_empty_file=True,  # uploads refuses it with its own message
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_drawn(self) -> "ContentFile[bytes] | None":
        text: str = self.cleaned_data["drawn"]
        if not text:
            return None
        try:
            content = b64decode(text.removeprefix(DRAWN), validate=True) if text.startswith(DRAWN) else b""
            check_signature(content)
        except (binascii.Error, BadFile) as problem:
            words = str(problem) if isinstance(problem, BadFile) else "Gambar tanda tangan tidak terbaca."
            raise ValidationError(words) from None
        return ContentFile(content, name="Tanda tangan penerima.png")

    def clean_file(self) -> UploadedFile | None:
        file = super().clean_file()
        if file and self.content_type not in {PDF, *PICTURES}:
            raise ValidationError("Pilih PDF, atau foto JPEG atau PNG.")
        return file

    def clean(self) -> dict[str, Any]:
        drawn, file = self.cleaned_data.get("drawn"), self.cleaned_data.get("file")
        if self.errors:
            return {}
        if drawn and file:
            raise ValidationError("Pilih salah satu: hapus tanda tangan di layar, atau kosongkan pilihan berkas.")
        if file:
            return {"kind": DeliveryReceipt.Kind.SCAN, "file": file, "content_type": self.content_type}
        if drawn:
            return {"kind": DeliveryReceipt.Kind.SIGNATURE, "file": drawn, "content_type": PNG}
        raise ValidationError("Minta penerima menandatangani di layar, atau pilih pindaian tanda terima.")
