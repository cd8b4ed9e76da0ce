"""The forms for mailing a letter and for handing it over."""

import uuid

from django import forms

from office.fields import EmailLineField, LineField


class SendForm(forms.Form):
    """The address to which the PDF is mailed."""

    to = EmailLineField(
        label="Kirim PDF ke e-mail",
        max_length=254,
        error_messages={"required": "Isi alamat e-mail.", "invalid": "Belum lengkap, contoh: nama@instansi.go.id"},
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class HandOverForm(forms.Form):
    """The name of the person who receives the printed letter."""

    to = LineField(
        label="Serahkan cetakan kepada",
        max_length=200,
        help_text="Nama yang menerima di loket.",
        error_messages={"required": "Isi nama penerima."},
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
