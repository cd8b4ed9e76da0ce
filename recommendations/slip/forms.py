"""The forms that mail a slip again, record that it was handed over, and record that a mail came back."""

from django import forms

from recommendations.instruments.texts import tidy_line


class MailSlipForm(forms.Form):
    """The address to which the slip is mailed again."""

    to = forms.EmailField(
        label="Kirim lagi ke e-mail",
        max_length=254,
        error_messages={"required": "Isi alamat e-mail.", "invalid": "Belum lengkap, contoh: nama@instansi.go.id"},
    )


class HandOverSlipForm(forms.Form):
    """The name of the person who received the printed slip."""

    to = forms.CharField(
        label="Diserahkan kepada",
        max_length=200,
        help_text="Nama yang menerima cetakannya.",
        error_messages={"required": "Isi nama penerima."},
    )

    def clean_to(self) -> str:
        return tidy_line(self.cleaned_data["to"])


class BounceForm(forms.Form):
    """Why a mail came back, as the mail server's notice says. The letter's panel has this form too."""

    reason = forms.CharField(
        label="Sebab e-mail kembali",
        max_length=200,
        help_text="Salin dari pemberitahuan server e-mail, misalnya 5.1.1 alamat tidak dikenal.",
        error_messages={"required": "Isi sebab e-mail kembali."},
    )

    def clean_reason(self) -> str:
        return tidy_line(self.cleaned_data["reason"])
