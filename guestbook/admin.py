"""The admin edits only the order of calling; visits are changed by actions only."""

from django.contrib import admin
from django.http import HttpRequest

from guestbook.models import CallPolicy
from office.fields import TIDY


@admin.register(CallPolicy)
class CallPolicyAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["__str__", "ratio", "cap"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CallPolicy | None = None) -> bool:
        return False
