"""The forms that change the office's calendar and set another due date."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.calendar_files import LARGEST, read_days
from office.fields import LineField, ParagraphsField, TypedDateField, offer
from office.formats import long_date
from office.ics_events import BadCalendarFile
from office.models import DayOff
from recommendations.promise.calendar_reading import event_days_apart
from recommendations.promise.shifts import CalendarDraft

BLANK_ROWS = 4


class NewDayForm(forms.Form):
    """One day off to enter; an empty row is ignored."""

    use_required_attribute = False

    day = TypedDateField(label="Tanggal", required=False, looks_ahead=True)
    name = LineField(label="Nama hari libur", max_length=150, required=False)
    kind = forms.ChoiceField(label="Jenis", choices=DayOff.Kind.choices, initial=DayOff.Kind.COLLECTIVE)

    def clean(self) -> dict[str, Any]:
        """Add an error when only the date or only the name is filled in."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("day") and not cleaned.get("name"):
            self.add_error("name", "Tulis nama hari liburnya.")
        if cleaned.get("name") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Tulis tanggalnya, seperti 28/02/2027.")
        return cleaned


NewDays = forms.formset_factory(NewDayForm, extra=BLANK_ROWS, max_num=40)


class CalendarChangeForm(forms.Form):
    """A decree: which days off of one year it adds and removes. A file replaces all days off of that year."""

    use_required_attribute = False

    cause = LineField(
        label="Dasar perubahan",
        max_length=300,
        help_text="Nomor dan tahun SKB 3 Menteri, atau surat edaran.",
        error_messages={"required": "Tulis dasar perubahan, misalnya SKB 3 Menteri Nomor 1497 Tahun 2027."},
    )
    removed = forms.MultipleChoiceField(label="Hapus", required=False, widget=forms.CheckboxSelectMultiple)
    is_decreed = forms.BooleanField(label="Cuti bersama tahun ini sudah ditetapkan", required=False)
    file = forms.FileField(
        label="Atau berkas CSV/ICS",
        required=False,
        help_text="Isi berkas menggantikan seluruh hari libur tahun ini.",
        widget=forms.FileInput(attrs={"accept": ".csv,.ics"}),
    )

    def __init__(self, *args: Any, year: int, days: list[DayOff], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.year, self.days = year, days
        offer(self, "removed", [(day.day.isoformat(), f"{long_date(day.day)}, {day.name}") for day in days])

    def clean_file(self) -> list[DayOff] | None:
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            return read_days(file.read(LARGEST + 1), year=self.year, read_ics=event_days_apart)
        except BadCalendarFile as problem:
            raise ValidationError(str(problem)) from None

    def draft(self, new_days: list[DayOff]) -> CalendarDraft:
        """Return the change that the form and `new_days` ask for. Days that do not change are left out."""
        removed = {day.day for day in self.days if day.day.isoformat() in self.cleaned_data["removed"]}
        if self.cleaned_data["file"] is not None:
            new_days = [*self.cleaned_data["file"], *new_days]
            removed |= {day.day for day in self.days} - {day.day for day in new_days}
        known = {day.day: (day.name, day.kind) for day in self.days}
        entered = {day.day: day for day in new_days if known.get(day.day) != (day.name, day.kind)}
        return CalendarDraft(
            entered=tuple(entered[day] for day in sorted(entered)),
            removed=tuple(sorted(removed - set(entered))),
            decreed_years=(self.year,) if self.cleaned_data["is_decreed"] else (),
        )


class DueDateForm(forms.Form):
    """Another due date for one promise, with the reason."""

    use_required_attribute = False

    due_on = TypedDateField(
        label="Jatuh tempo baru",
        looks_ahead=True,
        help_text="Hari kerja, seperti 15/01/2027.",
        error_messages={"required": "Tulis jatuh tempo yang baru, seperti 15/01/2027."},
    )
    reason = ParagraphsField(
        label="Alasan",
        max_length=300,
        help_text="Dibaca pemohon bila hasilnya menjadi lebih lambat.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pemindahan; pemohon membacanya."},
    )
    shown_due_on = forms.DateField(widget=forms.HiddenInput, required=False)
