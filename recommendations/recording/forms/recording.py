"""The forms that unlock an item, and choose what to copy from an earlier submission."""

from typing import Any

from django import forms

from office.fields import ParagraphsField, offer, too_long_for


class UnlockForm(forms.Form):
    """The locked item to unlock, and the reason."""

    use_required_attribute = False

    item = forms.ChoiceField(
        label="Isian yang dibuka",
        error_messages={
            "required": "Pilih isian yang akan dibuka.",
            "invalid_choice": "Isian itu sudah terbuka atau tidak ada. Pilih yang lain.",
        },
    )
    reason = ParagraphsField(
        label="Dibuka karena",
        max_length=400,
        help_text="Terbaca pada riwayat dan oleh pemeriksa.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tulis alasannya, contoh: pemohon mengubah jumlah petugas.",
            "max_length": too_long_for("Alasan"),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", "Pilih isian"), *choices])


class CopyForm(forms.Form):
    """The parts of an earlier form to copy, and the typed answers to overwrite, each as "item:fingerprint"."""

    blocks = forms.MultipleChoiceField(
        error_messages={
            "required": "Pilih sedikitnya satu bagian yang disalin.",
            "invalid_choice": "Bagian itu tidak ada pada formulir.",
        }
    )
    overwrite = forms.Field(required=False, widget=forms.SelectMultiple)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "blocks", choices)

    def clean_overwrite(self) -> dict[str, str]:
        pairs = (given.partition(":") for given in self.cleaned_data["overwrite"] or [])
        return {item_id: seen for item_id, _, seen in pairs}
