"""The forms that visitors fill in at the kiosk and officers at the counter."""

import uuid
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from guestbook.models import Visit, Visitor
from guestbook.skd import CLASSES, UNFILLED
from office.fields import LineField, ParagraphsField, PhoneField, offer, show_instead, tidy_formfield, too_long
from office.formats import long_date
from office.models import Counter, Service
from office.seals import TOO_OLD

TOO_LATE = f"{TOO_OLD} Isian Anda masih ada: periksa, lalu tekan Ambil nomor sekali lagi."
OTHER_DAY = (
    "Hari berganti sejak halaman ini dibuka. Yang dicatat sekarang adalah kunjungan {}: "
    "periksa jam datangnya, lalu catat sekali lagi."
)
PRIORITY = format_html(
    '<b>{}</b><br><span class="small soft">{}</span>',
    "Saya perlu didahulukan",
    "Disabilitas, lansia, atau ibu hamil. Boleh dikosongkan.",
)
ONLY_FOR_AGENCIES = ("agency", "position", "email")


class ComingForm(forms.ModelForm):
    """A visitor who comes, and perhaps asks to be served first."""

    @property
    def priority(self) -> str:
        """The reason for priority that the visit gets. Only for a valid form."""
        return Visit.Priority.ASKED if self.cleaned_data["needs_priority"] else Visit.Priority.NONE


class IdentityForm(ComingForm):
    """The visitor's identity; the service decides which fields it has. One `form_token` makes one ticket."""

    phone = PhoneField(
        label="Nomor HP (WhatsApp bila ada)",
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": "Isi nomor HP, contoh: 0812-3456-7890.", "max_length": too_long(40)},
    )
    needs_priority = forms.BooleanField(label=PRIORITY, required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Visitor
        fields = ["name", "agency", "position", "phone", "email"]
        formfield_callback = tidy_formfield
        labels = {"email": "E-mail yang aktif"}
        help_texts = {"email": "Hasil pemeriksaan kami kirim ke alamat ini."}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "agency": forms.TextInput(attrs={"autocomplete": "off"}),
            "position": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        }
        error_messages = {
            "name": {"required": "Isi nama lengkap Anda.", "max_length": too_long(200)},
            "agency": {"required": "Isi nama instansi Anda.", "max_length": too_long(200)},
            "position": {"required": "Isi jabatan Anda.", "max_length": too_long(200)},
            "email": {
                "required": "Isi alamat e-mail, contoh: nama@instansi.go.id",
                "invalid": "Belum lengkap, contoh: nama@instansi.go.id",
                "max_length": too_long(254),
            },
        }

    def __init__(self, *args: Any, service: Service, **kwargs: Any):
        super().__init__(*args, **kwargs | {"initial": {"form_token": uuid.uuid4()}})
        for name in ONLY_FOR_AGENCIES:
            self.fields[name].required = True
            if not service.needs_agency:
                del self.fields[name]
        if not service.needs_agency:
            self.fields["phone"].required = False
            self.fields["phone"].label = f"{self.fields['phone'].label}, boleh dikosongkan"

    def clean(self) -> dict[str, Any]:
        """Replace a missing or invalid token, and ask the visitor to send the form again."""
        if self.errors.pop("form_token", None):
            show_instead(self, "form_token", str(uuid.uuid4()))
            self.add_error(None, TOO_LATE)
        return self.cleaned_data


class ClassesForm(forms.ModelForm):
    """The SKD classes of a visitor, filled in by the officer at the counter. All are optional."""

    class Meta:
        model = Visitor
        fields = list(CLASSES)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs | {"auto_id": "class_%s"})
        for name, field in self.fields.items():
            offer(self, name, [("", UNFILLED), *CLASSES[name][1].choices])
            field.widget.attrs |= {"class": "form-select", "autocomplete": "off"}
            field.show_hidden_initial = True  # so that `chosen` knows which classes the page only showed

    @property
    def chosen(self) -> dict[str, str]:
        """The classes that were sent and are not as the page showed them. A class sent without that was chosen."""
        sent = [name for name in self.fields if name in self.data]
        return {name: self.cleaned_data[name] for name in sent if self.data.get(f"initial-{name}") != self.data[name]}

    @property
    def filled(self) -> int:
        """The number of classes with an answer."""
        return sum(bool(self[name].value()) for name in self.fields)


class NoteForm(forms.Form):
    """The officer's own note on a visit."""

    note = ParagraphsField(
        label="Catatan kunjungan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": too_long(2000)},
    )


class TypedNoteForm(NoteForm):
    """The note as a button of the console sends it beside its act, with the visit that it is about."""

    noted = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class ReasonForm(forms.Form):
    """The reason for calling a waiting visitor out of order."""

    reason = LineField(
        label="Alasan",
        max_length=160,
        help_text="Tercatat pada riwayat, misalnya: harus mengejar kapal.",
        error_messages={
            "required": "Tulis alasan memanggil di luar urutan.",
            "max_length": too_long(160),
        },
    )


class TransferForm(forms.Form):
    """The service or the counter that a visitor is transferred to."""

    service = forms.ModelChoiceField(
        Service.objects.open(), label="Layanan tujuan", required=False, empty_label="Tetap pada layanan semula"
    )
    counter = forms.ModelChoiceField(
        Counter.objects.filter(is_open=True),
        label="Loket tujuan",
        required=False,
        empty_label="Semua loket yang melayani",
    )
    note = LineField(
        label="Pesan untuk petugas berikutnya, boleh dikosongkan",
        required=False,
        max_length=160,
        error_messages={"max_length": too_long(160)},
    )

    def clean(self) -> dict[str, Any]:
        """Require a service or a counter, and an open counter for the chosen service. Raise ValidationError."""
        service, counter = self.cleaned_data.get("service"), self.cleaned_data.get("counter")
        if not self.errors and not service and not counter:
            raise forms.ValidationError("Pilih layanan tujuan atau loket tujuan.")
        if service and not counter and not service.counters.filter(is_open=True).exists():
            raise forms.ValidationError(f"Belum ada loket yang dibuka untuk {service}. Pilih juga loket tujuan.")
        return self.cleaned_data


class LateEntryForm(ComingForm):
    """A visit of today that was noted on paper while the kiosk or the server was down."""

    service = forms.ModelChoiceField(Service.objects.open(), label="Layanan", empty_label="Pilih layanan")
    taken_at = forms.TimeField(
        label="Jam datang, menurut kertas",
        input_formats=["%H.%M", "%H:%M"],
        help_text="Jam hari ini, contoh: 09.15",
        widget=forms.TimeInput(attrs={"inputmode": "decimal", "autocomplete": "off"}, format="%H.%M"),
        error_messages={"required": "Isi jam datang, contoh: 09.15.", "invalid": "Isi jam datang, contoh: 09.15."},
    )
    phone = PhoneField(label="Nomor HP, boleh dikosongkan", max_length=40, required=False)
    needs_priority = forms.BooleanField(label="Meminta didahulukan", required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)

    field_order = ["service", "taken_at", "name", "agency", "position", "phone", "email"]

    class Meta:
        model = Visitor
        fields = ["name", "agency", "position", "phone", "email"]
        formfield_callback = tidy_formfield
        error_messages = {"name": {"required": "Isi nama pengunjung.", "max_length": too_long(200)}}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs | {"initial": {"form_token": uuid.uuid4(), "day": timezone.localdate()}})

    def clean(self) -> dict[str, Any]:
        """Refuse a page that was opened on another day, because its time belongs to that day. The page shows today."""
        today = timezone.localdate()
        if self.errors.pop("day", None) or self.cleaned_data.get("day") != today:
            show_instead(self, "day", today.isoformat())
            self.add_error(None, OTHER_DAY.format(long_date(today)))
        return self.cleaned_data

    def clean_taken_at(self) -> datetime:
        """Return that time of today in the office's zone. Raise ValidationError when it is in the future."""
        typed: time = self.cleaned_data["taken_at"]
        moment = timezone.make_aware(datetime.combine(timezone.localdate(), typed))
        if moment > timezone.now():
            raise forms.ValidationError("Jam ini belum tiba. Isi jam datang hari ini.")
        return moment
