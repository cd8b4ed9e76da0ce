"""Every text field of every form and of every page of the admin tidies what was typed."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.forms import ReadOnlyPasswordHashField, UsernameField

from tests.test_architecture import APPS

TYPED = "\u202e\u200bBudi\u00a0Contoh\ufffe\x00 "
TIDY = re.compile("(https://)?Budi Contoh")  # a web address gets its scheme


def our_forms() -> list[type[forms.BaseForm]]:
    """Return every class of form that an app defines."""
    for app in APPS:
        for found in pkgutil.walk_packages(import_module(app).__path__, f"{app}."):
            if ".migrations" not in found.name and not found.name.endswith(("wsgi", "asgi")):
                import_module(found.name)
    return [form for form in subclasses(forms.BaseForm) if form.__module__.split(".")[0] in APPS]


def subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def careless(form: type[forms.BaseForm]) -> list[str]:
    """Return the text fields of the form that keep invisible characters."""
    return [
        name
        for name, field in form.base_fields.items()
        if is_text(field) and not TIDY.fullmatch(field.to_python(TYPED))
    ]


def is_text(field: forms.Field) -> bool:
    """Return whether people type text into the field. A password stays as typed, and a user name has its own rules."""
    is_secret = isinstance(field.widget, forms.PasswordInput) or isinstance(field, ReadOnlyPasswordHashField)
    return (
        isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField | UsernameField) and not is_secret
    )


def test_every_text_field_of_our_forms_tidies():
    found = our_forms()

    assert len(found) > 30
    assert {form.__qualname__: careless(form) for form in found if careless(form)} == {}


@pytest.mark.django_db
def test_every_text_field_of_the_admin_tidies(rf, django_user_model):
    request = rf.get("/")
    request.user = django_user_model(is_superuser=True, is_active=True)
    pages = [page for model, page in admin.site._registry.items() if model.__module__.split(".")[0] in APPS]

    found = {page: careless(page.get_form(request, change=change)) for page in pages for change in (False, True)}

    assert len(found) > 8
    assert {type(page).__name__: names for page, names in found.items() if names} == {}


def test_a_field_of_django_s_own_would_be_found():
    class CarelessForm(forms.Form):
        name = forms.CharField()

    assert careless(CarelessForm) == ["name"]
