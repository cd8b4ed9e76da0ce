"""The admin's page of the office's profile."""

from django.contrib import admin
from django.http import HttpRequest

from office.fields import TIDY
from office.forms import OfficeForm
from office.models import Office


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
