"""The forms that mail a slip again, record that it was handed over, and record that a mail came back."""

from django import forms

from office.fields import EmailLineField, LineField


class AgainForm(forms.Form):
    """The officer's answer to the question whether to send once more. Only the page that asks has it."""

    again = forms.BooleanField(widget=forms.HiddenInput, required=False)


class MailSlipForm(AgainForm):
    """The address to which the slip is mailed again."""

    to = EmailLineField(
        label="Kirim lagi ke e-mail",
        max_length=254,
        error_messages={"required": "Isi alamat e-mail.", "invalid": "Belum lengkap, contoh: nama@instansi.go.id"},
    )


class HandOverSlipForm(forms.Form):
    """The name of the person who received the printed slip."""

    to = LineField(
        label="Diserahkan kepada",
        max_length=200,
        help_text="Nama yang menerima cetakannya.",
        error_messages={"required": "Isi nama penerima."},
    )


class BounceForm(forms.Form):
    """Why a mail came back, as the mail server's notice says. The letter's panel has this form too."""

    reason = LineField(
        label="Sebab e-mail kembali",
        max_length=200,
        help_text="Salin dari pemberitahuan server e-mail, misalnya 5.1.1 alamat tidak dikenal.",
        error_messages={"required": "Isi sebab e-mail kembali."},
    )
