"""Forms with which an officer confirms an e-mail address."""

from django import forms

from office.fields import LineField


class CodeForm(forms.Form):
    """The six digits that the applicant reads out."""

    code = LineField(
        max_length=20, error_messages={"required": "Ketik 6 angka dari e-mail pemohon.", "max_length": "Ketik 6 angka."}
    )


class OtherWayForm(forms.Form):
    """The reason of an officer who confirms an address in another way."""

    reason = LineField(
        max_length=200,
        error_messages={
            "required": "Tulis bagaimana alamat ini dipastikan.",
            "max_length": "Paling panjang 200 huruf. Singkatkan alasannya.",
        },
    )
