"""The forms with which the Kepala revokes a letter, lets it be replaced, or keeps it."""

from django import forms

from office.fields import LineField
from recommendations.letter.panel_seal import ShownPanel

PUBLIC = "Tampil pada halaman pemeriksaan dan e-mail pemohon. Jangan tulis nama orang."


class ShownForm(forms.Form):
    """What the page showed of the letter."""

    shown = LineField(widget=forms.HiddenInput, required=False)

    def clean_shown(self) -> ShownPanel:
        return ShownPanel.unsealed(self.cleaned_data["shown"])


def _public_reason(label: str, wanted: str) -> LineField:
    """Return the field of a reason that everybody may read; `wanted` asks for it when it is empty."""
    area = forms.Textarea(attrs={"rows": 3})
    return LineField(label=label, max_length=300, help_text=PUBLIC, widget=area, error_messages={"required": wanted})


class RevokeForm(ShownForm):
    """The public reason for revoking a letter."""

    reason = _public_reason("Sebab pencabutan", "Tulis sebab pencabutan, lalu cabut lagi.")


class ReplaceForm(ShownForm):
    """What is wrong in the letter; public when it is replaced."""

    reason = _public_reason("Yang keliru", "Tulis apa yang keliru, lalu ulangi.")
