"""Pages of the admin whose forms change rights. They open after the password, unless it was typed a short time ago."""

from django.contrib import admin
from django.urls import URLPattern

from office.proof import after_password


class AdminBehindPassword(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the model's pages, each behind the password."""
        urls = super().get_urls()
        for url in urls:
            url.callback = after_password(url.callback)
        return urls
