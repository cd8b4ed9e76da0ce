"""The admin's pages of the staff and of the heads of the office."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest

from office.fields import TIDY
from office.models import Head, User

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


@admin.register(Head)
class HeadAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["user", "capacity", "since_on", "until_on"]
