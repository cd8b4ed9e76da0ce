"""The forms of the staff: entering, assigning, answering and closing a complaint, and searching the register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from complaints.forms.reporting import ComplaintFilesField, ReporterForm, TokenForm, text_field
from complaints.models import Complaint, ComplaintTerm
from complaints.staff import handlers_of, no_head_may_assign, staff_with_a_role
from office.fields import LineField, SuggestsToday, TypedDateField, offer, offer_rows, show_instead
from office.formats import short_date
from office.models import User

UNASSIGNED = "belum-ditugaskan"
"""The filter of the register for those who assign: the complaints that no officer has."""


class TakenComplaintForm(SuggestsToday, ReporterForm):
    """A complaint that came by another way, as an officer enters it."""

    today_field = "received_on"

    is_about_head = None  # type: ignore[assignment]  # Django's way to leave a field out; the list has the head too

    opened = None  # type: ignore[assignment]  # not asked either: the officer names the person

    channel = forms.ChoiceField(label="Saluran", error_messages={"required": "Pilih lewat mana pengaduan ini masuk."})
    received_on = TypedDateField(
        label="Sampai di kantor pada",
        required=False,
        help_text="Seperti 28/02/2027. Batas waktu dihitung dari tanggal ini; kosong berarti hari ini.",
    )
    about = forms.ModelChoiceField(
        User.objects.none(), label="Pegawai yang diadukan, bila ada", required=False, empty_label="Tidak ada"
    )
    sp4n_number = LineField(label="Nomor SP4N-LAPOR!, bila ada", max_length=30, required=False)
    papers = ComplaintFilesField()

    field_order = ["channel", "received_on", "text", "papers", "element", "about", "sp4n_number"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = [choice for choice in Complaint.Channel.choices if choice[0] not in Complaint.BY_ITSELF]
        offer(self, "channel", [("", "Pilih saluran"), *others])
        offer_rows(self, "about", staff_with_a_role())

    @property
    def facts(self) -> dict[str, Any]:
        mine = ("channel", "received_on", "about", "sp4n_number")
        return super().facts | {name: self.cleaned_data[name] for name in mine}


class AssignComplaintForm(forms.Form):
    """Who handles a complaint, its class, its unsur, and the officer it is about."""

    use_required_attribute = False

    assigned_to = forms.ModelChoiceField(
        User.objects.none(),
        label="Ditangani oleh",
        empty_label="Pilih pegawai",
        error_messages={"required": "Pilih yang menangani."},
    )
    term = forms.ModelChoiceField(
        ComplaintTerm.objects.none(),
        label="Golongan",
        empty_label="Pilih golongan",
        error_messages={"required": "Pilih golongan pengaduan."},
    )
    element = forms.ChoiceField(label="Unsur", required=False)
    about = forms.ModelChoiceField(
        User.objects.none(), label="Pegawai yang diadukan, bila ada", required=False, empty_label="Tidak ada"
    )
    sp4n_number = LineField(label="Nomor SP4N-LAPOR!, bila ada", max_length=30, required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any):
        names = ("assigned_to", "term", "element", "about", "sp4n_number")
        super().__init__(*args, **kwargs | {"initial": {name: getattr(complaint, name) for name in names}})
        offer_rows(self, "assigned_to", handlers_of(complaint))
        offer_rows(self, "term", ComplaintTerm.objects.classes())
        if complaint.due_on and complaint.end_has_passed(timezone.localdate()):
            ended = short_date(complaint.due_on)
            self.fields["term"].help_text = f"Batas selesai {ended} sudah lewat; golongan lain tidak memindahkannya."
        offer_rows(self, "about", staff_with_a_role(and_about=complaint.about_id))
        self.fields["about"].disabled = no_head_may_assign(complaint)
        offer(self, "element", Complaint.Element.choices)

    def take_over(self, now: Mapping[str, str], *, shown: Mapping[str, str]) -> None:
        """Show the facts as they are `now` in each field that the reader left as it was `shown`."""
        for name, value in now.items():
            if self[name].data == shown.get(name):
                show_instead(self, name, value)


class ToReporterForm(TokenForm):
    """An answer to the reporter. Sent twice, it is one message."""

    text = text_field("Tanggapan untuk pelapor", required="Tulis tanggapannya.", rows=5)


class QuestionForm(ToReporterForm):
    """A question to the reporter."""

    text = text_field("Pertanyaan untuk pelapor", required="Tulis pertanyaannya.", rows=3)


class PlanForm(ToReporterForm):
    """What the office will do, and until when."""

    text = text_field("Yang akan dilakukan", required="Tulis apa yang akan dilakukan.", rows=3)
    due_on = TypedDateField(
        label="Selesai paling lambat",
        help_text="Seperti 28/02/2027.",
        looks_ahead=True,
        error_messages={"required": "Tulis kapan tindak lanjutnya selesai, seperti 28/02/2027."},
    )


class CloseForm(TokenForm):
    """The outcome of a complaint, in the words that the reporter reads. Sent twice, it is one end."""

    outcome = forms.ChoiceField(label="Hasil", error_messages={"required": "Pilih hasilnya."})
    note = text_field("Penjelasan untuk pelapor", required="Jelaskan hasilnya kepada pelapor.", rows=5)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ended = [choice for choice in Complaint.Outcome.choices if choice[0]]
        offer(self, "outcome", [("", "Pilih hasil"), *ended])


class RegisterFilterForm(forms.Form):
    """What the register shows: which complaints, and a code or its beginning."""

    SHOWS = (
        ("terbuka", "Terbuka"),
        ("saya", "Tugas saya"),
        (UNASSIGNED, "Belum ditugaskan"),
        ("terlambat", "Terlambat"),
        ("semua", "Semua"),
    )

    cari = LineField(required=False, max_length=40)
    saring = forms.ChoiceField(required=False, choices=SHOWS)

    @property
    def wanted(self) -> tuple[str, str]:
        """The filter and the search; what is not valid counts as not given."""
        facts = self.cleaned_data if self.is_valid() else {}
        return facts.get("saring") or self.SHOWS[0][0], facts.get("cari", "")
