"""The forms for mailing a letter, for a WhatsApp message about it, and for handing it over."""

import uuid

from django import forms

from office.fields import EmailLineField, LineField, PhoneField
from recommendations.letter.forms.ending import ShownForm
from recommendations.slip.forms import AgainForm


class DeliveryForm(ShownForm, AgainForm):
    """What every form of a delivery sends back: also the token that makes one delivery."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class SendForm(DeliveryForm):
    """The address to which the PDF is mailed."""

    to = EmailLineField(
        label="Kirim PDF ke e-mail",
        max_length=254,
        error_messages={"required": "Isi alamat e-mail.", "invalid": "Belum lengkap, contoh: nama@instansi.go.id"},
    )


class HandOverForm(DeliveryForm):
    """The name of the person who receives the printed letter."""

    to = LineField(
        label="Serahkan cetakan kepada",
        max_length=200,
        help_text="Nama yang menerima di loket.",
        error_messages={"required": "Isi nama penerima."},
    )


class WhatsAppForm(DeliveryForm):
    """The number to which the officer has sent the message: the one that the page showed."""

    to = PhoneField(max_length=32, widget=forms.HiddenInput)


class WhatsAppAnswerForm(forms.Form):
    """What the applicant answered to a WhatsApp message."""

    answer = LineField(
        label="Jawaban pemohon",
        max_length=300,
        help_text="Singkat, misalnya: sudah diterima, terima kasih.",
        error_messages={"required": "Tulis jawaban pemohon."},
    )
