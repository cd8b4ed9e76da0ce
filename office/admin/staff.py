"""The admin's pages of the staff and of the heads of the office."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse

from office.account_actions import note_password, note_roles, remove_head, save_account, save_head
from office.admin.behind_password import AdminBehindPassword
from office.fields import TIDY
from office.models import Head, Office, User
from office.requests import staff_of
from office.sign_in_actions import end_sign_ins

admin.site.unregister(Group)  # roles are defined in pst_desk/roles.py; tests open every page in each role


class PasswordForm(AdminPasswordChangeForm):
    """Set another user's password. That user must change it at the next sign-in."""

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = True
        user: User = super().save(commit)
        return user


@admin.register(User)
class StaffAdmin(AdminBehindPassword, UserAdmin):
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
        save_account(obj, by=staff_of(request))

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        """Save the roles, and write which were given and which were taken."""
        before = set(form.instance.role_names)
        super().save_related(request, form, formsets, change)
        note_roles(form.instance, before=before, by=staff_of(request))

    @transaction.atomic
    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name
        form_url: str = "",
    ) -> HttpResponse:
        """Show the form, or set the password and write that it was set. Django's page does not say whether it did."""
        before = self.get_object(request, unquote(id))
        answer = super().user_change_password(request, id, form_url)
        after = self.get_object(request, unquote(id))
        if before and after and before.password != after.password:
            note_password(after, by=staff_of(request))
            end_sign_ins(after, but=request.session.session_key or "")
        return answer


@admin.register(Head)
class HeadAdmin(AdminBehindPassword):
    formfield_overrides = TIDY
    list_display = ["user", "capacity", "since_on", "until_on"]

    @transaction.atomic
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form, or save it. The form looks for other heads after the lock, so that it sees them all."""
        if request.method == "POST":
            Office.objects.locked()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Head, form: ModelForm, change: bool) -> None:
        save_head(obj, by=staff_of(request))

    def delete_model(self, request: HttpRequest, obj: Head) -> None:
        remove_head(obj, by=staff_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Head]) -> None:
        """Delete the chosen rows one by one, because each is an event of its own."""
        for head in queryset:
            remove_head(head, by=staff_of(request))
