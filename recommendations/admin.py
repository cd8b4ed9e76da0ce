"""The admin site: archived activities, rule switches and phrases are edited here; agencies are only listed.

All other data change through actions.
"""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from office.fields import TIDY
from office.models import User
from recommendations.archive.activity_index import keep_archived
from recommendations.examination.forms.phrases import PhraseForm
from recommendations.instruments.findings import ERROR
from recommendations.models import Agency, ArchivedActivity, Phrase, RuleSwitch


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """Lists the agencies with links to their own pages, where a change is written into the agency's history."""

    formfield_overrides = TIDY
    list_display = ["name", "short", "kind", "needs_check", "is_active", "page"]
    list_display_links = None
    list_filter = ["kind", "needs_check", "is_active"]
    search_fields = ["name", "short", "aliases__name"]

    @admin.display(description="halaman")
    def page(self, agency: Agency) -> str:
        """Return a link to the agency's page, where it can be renamed, merged or given other names."""
        return format_html('<a href="{}">Buka</a>', reverse("recommendations:agency_detail", args=[agency.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False


@admin.register(RuleSwitch)
class RuleSwitchAdmin(admin.ModelAdmin):
    """Switches each rule of both forms on or off. The rules themselves are code."""

    formfield_overrides = TIDY
    list_display = ["rule", "is_on", "forms", "level", "message", "source", "doubt"]
    list_display_links = ["rule", "message"]
    list_filter = ["is_off"]
    list_per_page = 100
    search_fields = ["rule"]
    readonly_fields = ["rule", "forms", "level", "message", "source", "doubt", "changed_by", "changed_at"]
    fields = ["rule", "forms", "level", "message", "source", "doubt", "is_off", "reason", "changed_by", "changed_at"]

    @admin.display(description="formulir")
    def forms(self, switch: RuleSwitch) -> str:
        return switch.forms

    @admin.display(description="tingkat")
    def level(self, switch: RuleSwitch) -> str:
        """Return the level in the words of the recording screen; "tidak ada lagi" when the rule no longer exists."""
        if switch.definition is None:
            return "tidak ada lagi"
        return "salah" if switch.definition.level == ERROR else "tinjau"

    @admin.display(description="pesan")
    def message(self, switch: RuleSwitch) -> str:
        return switch.definition.message if switch.definition else ""

    @admin.display(description="sumber")
    def source(self, switch: RuleSwitch) -> str:
        return switch.definition.source if switch.definition else ""

    @admin.display(description="diperdebatkan")
    def doubt(self, switch: RuleSwitch) -> str:
        """Return why an office may not want the rule; "" when there is no doubt or the rule no longer exists."""
        return switch.definition.doubt if switch.definition else ""

    @admin.display(description="dipakai", boolean=True)
    def is_on(self, switch: RuleSwitch) -> bool:
        return not switch.is_off

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RuleSwitch | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RuleSwitch, form: ModelForm, change: bool) -> None:
        """Save the switch with the user and the time of the change."""
        obj.changed_by = request.user if isinstance(request.user, User) else None
        obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Phrase)
class PhraseAdmin(admin.ModelAdmin):
    """Edits the office's own sentences for remarks. The system adds none by itself, except the first list."""

    formfield_overrides = TIDY
    form = PhraseForm
    list_display = ["text", "kind", "instrument_code", "item", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["instrument_code", "kind", "is_active"]
    search_fields = ["text", "item"]
    list_per_page = 100


@admin.register(ArchivedActivity)
class ArchivedActivityAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["title", "agency_name", "year", "identity_number"]
    list_filter = ["year"]
    search_fields = ["title", "agency_name", "identity_number"]
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: ArchivedActivity, form: ModelForm, change: bool) -> None:
        """Save the activity, and bring its title and variables into the index of similar activities."""
        super().save_model(request, obj, form, change)
        keep_archived([obj])
