"""The forms of the guestbook: its filters, and the correction of a visit."""

from collections.abc import Mapping
from typing import Any

from django import forms

from guestbook.corrections import OF_VISITOR, ShownVisit, visit_facts
from guestbook.models import Visit, VisitCorrection, Visitor
from guestbook.skd import CLASSES, UNFILLED
from guestbook.workflow import Status
from office.fields import LineField, ParagraphsField, PhoneField, TypedDateField, offer, tidy_formfield, too_long
from office.filter_forms import EVERY, SELECT, FilterForm
from office.models import Service
from office.phones import shown_phone


def _day_field(label: str) -> TypedDateField:
    attrs = {"class": "form-control", "autocomplete": "off", "placeholder": "mis. 30/11/2026"}
    return TypedDateField(label=label, required=False, looks_ahead=True, widget=forms.TextInput(attrs=attrs))


class GuestbookFilterForm(FilterForm):
    """The filters of the guestbook."""

    COMMON = ("dari", "sampai", "layanan")
    RARE = ("keadaan", "instansi")

    cari = LineField(required=False, max_length=200, error_messages={"max_length": too_long(200)})
    dari = _day_field("Dari tanggal")
    sampai = _day_field("Sampai tanggal")
    layanan = forms.ChoiceField(label="Layanan", required=False, widget=forms.Select(attrs=SELECT))
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[EVERY, *Status.choices],
        widget=forms.Select(attrs=SELECT),
    )
    instansi = LineField(
        label="Instansi",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"max_length": too_long(200)},
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        offer(self, "layanan", [EVERY, *((str(pk), name) for pk, name in Service.objects.values_list("pk", "name"))])

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order. Raise ValidationError."""
        first, last = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if first and last and last < first:
            raise forms.ValidationError("Tanggal akhir lebih awal daripada tanggal awal.")
        return self.cleaned_data

    @property
    def problems(self) -> list[str]:
        """What is wrong with the texts and days. With a problem the page shows no visit."""
        found = {name: errors for name, errors in self.errors.items() if name not in ("layanan", "keadaan")}
        return [str(error) for errors in found.values() for error in errors]


class CorrectionForm(forms.ModelForm):
    """The facts of a visit and its visitor, the reason, and sealed what the page showed.

    Only a fact that differs from what the page showed is a change. Service and priority are offered after the visit.
    `typed` are the values of an earlier form that are shown again.
    """

    use_required_attribute = False

    phone = PhoneField(label="Nomor HP", max_length=40, required=False, error_messages={"max_length": too_long(40)})
    service = forms.ChoiceField(label="Layanan")
    priority = forms.ChoiceField(label="Didahulukan", required=False, choices=Visit.Priority.choices)
    reason = ParagraphsField(
        label="Alasan perbaikan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Terbaca pada riwayat kunjungan, bersama isian semula dan isian baru.",
        error_messages={
            "required": "Tulis alasannya, contoh: nama salah ketik di kios.",
            "max_length": too_long(300),
        },
    )
    shown = LineField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Visitor
        fields = OF_VISITOR
        formfield_callback = tidy_formfield
        error_messages = {
            "name": {"required": "Nama tidak boleh kosong.", "max_length": too_long(200)},
            "agency": {"max_length": too_long(200)},
            "position": {"max_length": too_long(200)},
            "email": {"invalid": "Belum lengkap, contoh: nama@instansi.go.id", "max_length": too_long(254)},
        }

    def __init__(self, typed_in: Any = None, *, visit: Visit, typed: Mapping[str, Any] | None = None):
        now = visit_facts(visit)
        self.seen = ShownVisit.unsealed(str(typed_in.get("shown", ""))).facts if typed_in is not None else now
        first = self.seen or now
        shown = {**first, "phone": shown_phone(first["phone"]), "shown": ShownVisit(now).sealed()}
        super().__init__(typed_in, initial={**shown, **(typed or {})}, auto_id="fix_%s")
        for name, (_, classes) in CLASSES.items():
            offer(self, name, [("", UNFILLED), *classes.choices])
        for name in ("name", "phone", "email", "agency", "position", "reason"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self._offer_facts_of(visit)

    def _offer_facts_of(self, visit: Visit) -> None:
        if visit.is_over:
            offer(self, "service", [(str(pk), name) for pk, name in Service.objects.values_list("pk", "name")])
        else:
            for name in VisitCorrection.OF_VISIT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Let a stored value stay that could not be typed today, such as an old telephone number."""
        for name in self.errors.keys() & set(VisitCorrection.Field.values) - set(self.changed_data):
            del self.errors[name]
        return self.cleaned_data

    @property
    def changes(self) -> dict[str, str]:
        """The facts that the officer changed, as `correct_visit` takes them. Call when the form is valid."""
        names = [name for name in VisitCorrection.Field.values if name in self.changed_data]
        return {name: self.cleaned_data[name] for name in names}

    def renewed(self, visit: Visit) -> "CorrectionForm":
        """Return the form with the facts of `visit` as they are now, and with what the officer typed."""
        names = [name for name in self.changed_data if name != "shown"]
        return CorrectionForm(visit=visit, typed={name: self[name].value() for name in names if name in self.fields})

    def _group(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    @property
    def of_person(self) -> list[Any]:
        """The fields that the visitor typed at the kiosk."""
        return self._group("name", "phone", "email", "agency", "position")

    @property
    def of_classes(self) -> list[Any]:
        """The SKD classes."""
        return self._group(*CLASSES)

    @property
    def of_visit(self) -> list[Any]:
        """The facts of the visit itself; empty while it is not over."""
        return self._group(*VisitCorrection.OF_VISIT)
