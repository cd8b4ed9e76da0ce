"""Forms for the examiner's decision about similar activities."""

from typing import Any

from django import forms

from office.fields import LineField, ParagraphsField

LONGEST_REASON = 400
ANOTHER = "lain"
"""The choice for a duplicate that is not on the list."""


class NoDuplicateForm(forms.Form):
    """The decision that no activity of the list is a duplicate. `seen` has the keys of the list on the screen."""

    seen = LineField(required=False, max_length=500, widget=forms.HiddenInput)
    reason = ParagraphsField(
        label="Alasan, bila perlu",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )

    def clean_seen(self) -> set[str]:
        return set(self.cleaned_data["seen"].split())


class DuplicateForm(forms.Form):
    """The decision for a duplicate: an activity of the list, or one that the examiner names."""

    other = LineField(required=False, max_length=40)
    named = LineField(
        label="Nomor identitas, nomor permohonan, atau judul",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    reason = ParagraphsField(
        label="Alasan",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        error_messages={"required": "Tulis mengapa kegiatan ini duplikasi."},
    )

    def clean(self) -> dict[str, Any]:
        """Return the answers with one value as `other`: the key chosen, else the words typed."""
        chosen = self.cleaned_data.get("other", "")
        named = self.cleaned_data.get("named", "")
        if chosen in ("", ANOTHER) and not named:
            self.add_error("named", "Pilih kegiatan dari daftar, atau tulis nomornya.")
        return self.cleaned_data | {"other": named if chosen in ("", ANOTHER) else chosen}
