"""The forms that mail a slip again and record that it was handed over."""

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
