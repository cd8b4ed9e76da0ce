"""Agencies and the archive are kept by the admin; submissions, letters and events are only ever changed by actions."""

from django.contrib import admin
from django.http import HttpRequest

from recommendations.activity_index import keep_archived
from recommendations.models import Agency, ArchivedActivity


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    list_display = ["name", "place", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]


@admin.register(ArchivedActivity)
class ArchivedActivityAdmin(admin.ModelAdmin):
    list_display = ["title", "agency_name", "year", "identity_number"]
    list_filter = ["year"]
    search_fields = ["title", "agency_name", "identity_number"]
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: ArchivedActivity, form, change: bool) -> None:
        """What is found is what is written here."""
        super().save_model(request, obj, form, change)
        keep_archived([obj])
