"""The admin's pages of the services, the counters and the devices."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from office.admin.behind_password import AdminBehindPassword
from office.device_actions import make_code, revoke
from office.fields import TIDY
from office.models import Counter, Device, Service
from office.requests import staff_of


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
class DeviceAdmin(AdminBehindPassword):
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
        code = make_code(device, by=staff_of(request))
        words = f"Kode {device}: {code}. Ketik di /pasang/ pada mesin itu dalam 10 menit; berlaku satu kali."
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
            revoke(device, by=staff_of(request))
        self.message_user(request, "Dicabut: mesin itu tidak lagi menampilkan data kantor.", messages.SUCCESS)
