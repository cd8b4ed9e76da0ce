"""Agencies are kept by the admin; submissions, letters and events are only ever changed by actions."""

from django.contrib import admin

from recommendations.models import Agency


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    list_display = ["name", "place", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
