"""What every page knows of the office."""

from django.utils.functional import SimpleLazyObject

from office.models import Office


def office(request) -> dict:
    """`office`: the profile, read only when a template asks for it."""
    return {"office": SimpleLazyObject(Office.objects.current)}
