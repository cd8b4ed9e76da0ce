"""The way from the office's pages to the agencies; submissions, letters and events are only ever changed by actions."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from recommendations.models import Agency


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """A list that leads to the agencies' own pages, where a change is told in their history."""

    list_display = ["name", "short", "kind", "needs_check", "is_active", "page"]
    list_display_links = None
    list_filter = ["kind", "needs_check", "is_active"]
    search_fields = ["name", "short", "aliases__name"]

    @admin.display(description="halaman")
    def page(self, agency: Agency) -> str:
        """Where it is renamed, merged, given other names."""
        return format_html('<a href="{}">Buka</a>', reverse("recommendations:agency_detail", args=[agency.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False
