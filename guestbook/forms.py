"""What visitors write at the kiosk and officers write at the counter."""

import uuid

from django import forms
from django.utils.html import format_html

from guestbook.models import Visit, Visitor
from guestbook.skd import CLASSES, UNFILLED
from office.formats import NotAPhone, e164
from office.models import Service

TOO_LATE = "Halaman ini sudah terlalu lama terbuka. Isian Anda masih ada: periksa, lalu tekan Ambil nomor sekali lagi."
PRIORITY = format_html(
    '<b>{}</b><br><span class="small soft">{}</span>',
    "Saya perlu didahulukan",
    "Disabilitas, lansia, atau ibu hamil. Boleh dikosongkan.",
)
ONLY_FOR_AGENCIES = ("agency", "position", "email")


def too_long(limit: int) -> str:
    """What to do about a text over `limit`; Django fills in the length that was typed."""
    return f"Paling panjang {limit} huruf. Singkatkan; sekarang %(show_value)s huruf."


class IdentityForm(forms.ModelForm):
    """Who came; how much is asked depends on the service. `form_token` makes two posts of one form one ticket."""

    phone = forms.CharField(
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

    def __init__(self, *args, service: Service, **kwargs):
        super().__init__(*args, initial={"form_token": uuid.uuid4()}, **kwargs)
        for name in ONLY_FOR_AGENCIES:
            self.fields[name].required = True
            if not service.needs_agency:
                del self.fields[name]
        if not service.needs_agency:
            self.fields["phone"].required = False
            self.fields["phone"].label += ", boleh dikosongkan"

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return e164(typed) if typed else ""
        except NotAPhone as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict:
        """A token that is missing or not ours is replaced, and the visitor is told to send again."""
        if self.errors.pop("form_token", None):
            self.data = self.data.copy()
            self.data["form_token"] = str(uuid.uuid4())
            self.add_error(None, TOO_LATE)
        return self.cleaned_data

    @property
    def priority(self) -> str:
        """The reason of priority that `check_in` keeps."""
        return Visit.Priority.ASKED if self.cleaned_data["needs_priority"] else Visit.Priority.NONE


class ClassesForm(forms.ModelForm):
    """The SKD classes of a visitor, as the officer hears them at the counter; none has to be filled."""

    class Meta:
        model = Visitor
        fields = list(CLASSES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="class_%s", **kwargs)
        for field in self.fields.values():
            field.choices = [("", UNFILLED), *field.choices[1:]]
            field.widget.attrs |= {"class": "form-select", "autocomplete": "off"}

    @property
    def filled(self) -> int:
        """How many of the classes have an answer."""
        return sum(bool(self[name].value()) for name in self.fields)


class NoteForm(forms.Form):
    """The officer's own note on a visit."""

    note = forms.CharField(
        label="Catatan kunjungan",
        required=False,
        max_length=2000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": too_long(2000)},
    )
