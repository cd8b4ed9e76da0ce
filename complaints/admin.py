"""The admin edits only the terms; complaints are changed by actions only."""

from django.contrib import admin

from complaints.models import ComplaintTerm
from office.fields import TIDY


@admin.register(ComplaintTerm)
class ComplaintTermAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["name", "days", "unit"]
