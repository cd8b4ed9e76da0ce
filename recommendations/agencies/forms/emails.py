"""Forms with which an officer confirms an e-mail address."""

from django import forms

from recommendations.instruments.texts import tidy_line


class CodeForm(forms.Form):
    """The six digits that the applicant reads out."""

    code = forms.CharField(
        max_length=20, error_messages={"required": "Ketik 6 angka dari e-mail pemohon.", "max_length": "Ketik 6 angka."}
    )


class OtherWayForm(forms.Form):
    """The reason of an officer who confirms an address in another way."""

    reason = forms.CharField(
        max_length=200,
        error_messages={
            "required": "Tulis bagaimana alamat ini dipastikan.",
            "max_length": "Paling panjang 200 huruf. Singkatkan alasannya.",
        },
    )

    def clean_reason(self) -> str:
        return tidy_line(self.cleaned_data["reason"])
