"""The admin's pages: staff, heads, profile, services, counters, devices and mails of the office."""

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join

from office.devices import make_code, revoke
from office.fields import TIDY
from office.formats import clock, short_date
from office.forms import OfficeForm
from office.models import Counter, Device, Head, Mail, Office, Service, User
from office.outbox import repeat, take_as_arrived
from office.requests import StaffRequest

admin.site.unregister(Group)  # roles are defined in pst_desk/roles.py; tests open every page in each role


class PasswordForm(AdminPasswordChangeForm):
    """Set another user's password. That user must change it at the next sign-in."""

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = True
        user: User = super().save(commit)
        return user


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Edit staff and their roles. A user gets permissions only through roles and cannot change their own roles."""

    formfield_overrides = TIDY
    change_password_form = PasswordForm

    list_display = ["username", "name", "is_active", "last_login"]
    search_fields = ["username", "name", "nip"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        ("Pegawai", {"fields": ["name", "nip", "email", "nik"]}),
        ("Peran", {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Pegawai", {"fields": ["name", "nip", "email"]}),
        ("Peran", {"fields": ["is_staff", "groups"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Make the admin's own roles read-only: with the Kepala's role an admin could issue letters."""
        return ["is_active", "is_staff", "groups"] if obj == request.user else []

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return False for a superuser's account, unless the user is a superuser too."""
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Save the account. A new user must change the password at the first sign-in."""
        obj.must_change_password = obj.must_change_password or not change
        super().save_model(request, obj, form, change)


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    form = OfficeForm
    formfield_overrides = TIDY
    fieldsets = [
        ("Kantor", {"fields": ["name", "city", "place", "province", "satker", "unit"]}),
        (
            "Alamat dan kontak",
            {
                "fields": [
                    "address",
                    "phone",
                    "website",
                    "email",
                    "service_whatsapp",
                    "complaint_whatsapp",
                    "complaint_url",
                ]
            },
        ),
        (
            "Layanan",
            {
                "fields": [
                    "standard",
                    "promise_days",
                    "answer_months",
                    "min_respondents",
                    "two_readers",
                    "public_url",
                    "running_text",
                    "devices_required",
                ]
            },
        ),
        (
            "Surat",
            {
                "fields": [
                    "letter_register",
                    "letter_pattern",
                    "letter_classification",
                    "copies_to",
                    "print_nip",
                ]
            },
        ),
        ("Tanda tangan", {"fields": ["signing_route", "trusted_roots", "send_when_signed", "download_days"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Office | None = None) -> bool:
        return False


@admin.register(Head)
class HeadAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["user", "capacity", "since_on", "until_on"]


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["prefix", "name", "is_open", "position"]


@admin.register(Counter)
class CounterAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["number", "is_open"]
    filter_horizontal = ["services"]


@admin.register(Device)
class DeviceAdmin(admin.ModelAdmin):
    """Edit kiosks, boards and tablets. A pairing code is shown once; the key is never shown."""

    formfield_overrides = TIDY
    list_display = ["name", "kind", "counter", "state_words", "paired_at", "last_seen_at"]
    list_select_related = ["counter"]
    list_filter = ["kind"]
    readonly_fields = ["state_words", "paired_at", "last_seen_at", "revoked_at"]
    fields = ["kind", "name", "counter", "idle_seconds", *readonly_fields]
    actions = ["give_code", "shut_out"]

    @admin.display(description="keadaan")
    def state_words(self, device: Device) -> str:
        """Return the state of the device in words: paired, waiting for a code, not paired or revoked."""
        return device.state

    def has_delete_permission(self, request: HttpRequest, obj: Device | None = None) -> bool:
        """Return False: a device is revoked, not deleted, so that the list also shows past devices."""
        return False

    def save_model(self, request: HttpRequest, obj: Device, form: ModelForm, change: bool) -> None:
        """Save the device. For a new device, also make and show its first pairing code."""
        super().save_model(request, obj, form, change)
        if not change:
            self.tell_code(request, obj)

    def tell_code(self, request: HttpRequest, device: Device) -> None:
        """Make a new pairing code and show it. It cannot be shown again."""
        words = (
            f"Kode {device}: {make_code(device)}. Ketik di /pasang/ pada mesin itu dalam 10 menit; berlaku satu kali."
        )
        self.message_user(request, words, messages.SUCCESS)

    @admin.action(description="Buat kode pemasangan", permissions=["change"])
    def give_code(self, request: HttpRequest, devices: QuerySet[Device]) -> None:
        """Make and show a new pairing code for each device."""
        for device in devices:
            self.tell_code(request, device)

    @admin.action(description="Cabut", permissions=["change"])
    def shut_out(self, request: HttpRequest, devices: QuerySet[Device]) -> None:
        """Revoke the devices: from their next request on they get no office data."""
        for device in devices:
            revoke(device)
        self.message_user(request, "Dicabut: mesin itu tidak lagi menampilkan data kantor.", messages.SUCCESS)


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """List the mails of the outbox with their state. The rows are read-only; some can be sent again."""

    formfield_overrides = TIDY
    list_display = ["subject", "receiver", "state", "wanted", "words"]
    list_filter = ["status"]
    search_fields = ["to", "subject"]
    readonly_fields = [
        "key",
        "to",
        "subject",
        "text",
        "status",
        "attempts",
        "error",
        "answer",
        "wanted_at",
        "next_try_at",
        "sent_at",
        "decided_at",
        "decided_by",
    ]
    fields = [*readonly_fields]
    actions = ["try_again", "confirm_arrived"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name: no mail can be changed there."""
        return super().changelist_view(request, {"title": "E-mail keluar"} | (extra_context or {}))

    @admin.display(description="kepada", ordering="to")
    def receiver(self, mail: Mail) -> str:
        """Return the address, which may break after each of its parts, so that the table fits a small screen."""
        return format_html_join("", "{}<wbr>", ((part,) for part in re.split(r"(?<=[@.])", mail.to)))

    @admin.display(description="keadaan", ordering="status")
    def state(self, mail: Mail) -> str:
        """Return the state as the other screens say it, and after several tries how many there were."""
        tries = f", {mail.attempts} kali dicoba" if mail.attempts > 1 else ""
        return f"{mail.state_words}{tries}"

    @admin.display(description="diminta", ordering="wanted_at")
    def wanted(self, mail: Mail) -> str:
        return f"{short_date(mail.wanted_at)} {clock(mail.wanted_at)}"

    @admin.display(description="keterangan", empty_value="")
    def words(self, mail: Mail) -> str:
        """Return why the mail was not sent, otherwise when it was; the server's own answer is on the mail's page."""
        sent = f"Terkirim {short_date(mail.sent_at)} {clock(mail.sent_at)}" if mail.sent_at else ""
        return mail.error or sent

    @admin.display(description="isi")
    def text(self, mail: Mail) -> str:
        """Return whether the mail still has its text. The text itself is for the receiver only."""
        return "isi sudah dihapus" if mail.blanked_at else "masih tersimpan"

    @admin.action(description="Kirim lagi yang ditunda, ditolak, gagal, atau tidak diketahui", permissions=["change"])
    def try_again(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        """Send the chosen mails again, but for those with a paper: its page knows whether it may still be sent."""
        count = sum(repeat(mail) for mail in mails.filter(file=""))
        messages.info(request, f"{count} e-mail dikirim lagi.")
        papers = mails.exclude(file="").count()
        if papers:
            messages.warning(request, f"{papers} e-mail membawa surat atau lembar: ulangi pada halaman permohonannya.")

    @admin.action(description="Anggap sampai yang hasilnya tidak diketahui", permissions=["change"])
    def confirm_arrived(self, request: StaffRequest, mails: QuerySet[Mail]) -> None:
        count = sum(take_as_arrived(mail, by=request.user) for mail in mails)
        messages.info(request, f"{count} e-mail dianggap sampai.")

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False
