"""The form that notes when results and metadata were asked for or received."""

import uuid

from django import forms

from office.fields import LineField, SuggestsToday, TypedDateField


class ResultNoteForm(SuggestsToday):
    """The day, a note, and the token that makes one note of a double press."""

    use_required_attribute = False
    today_field = "happened_on"

    happened_on = TypedDateField(
        label="Tanggal",
        help_text="Seperti 28/02/2027.",
        error_messages={"required": "Tulis tanggalnya, seperti 28/02/2027."},
    )
    note = LineField(
        label="Catatan", max_length=300, required=False, help_text="Misalnya lewat siapa, atau berkas apa saja."
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
