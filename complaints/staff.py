"""Who may work on a complaint: never the officer complained about."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from complaints.models import Complaint
from complaints.notices import heads_today
from office.models import User


def staff_with_a_role() -> QuerySet[User]:
    """Return the active members of staff with a role, by name: a complaint may be about any of them."""
    return User.objects.filter(is_active=True, groups__isnull=False).distinct().order_by("name", "pk")


def handlers_of(complaint: Complaint) -> QuerySet[User]:
    """Return the active users who may handle the complaint, by name, without the one it is about."""
    permission = Permission.objects.filter(codename="handle_complaint", content_type__app_label="complaints")
    may = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    found = User.objects.filter(may, is_active=True).exclude(pk=complaint.about_id or 0)
    return found.distinct().order_by("name", "pk")


def only_head_is_left(complaint: Complaint) -> User | None:
    """Return the head of the office when the complaint is about an officer and no other officer is there.

    None when somebody else can be chosen, and when no head of today may handle it.
    """
    if complaint.about is None:
        return None
    heads = [head for head in heads_today() if head.pk != complaint.about_id]
    others = handlers_of(complaint).exclude(pk__in=[head.pk for head in heads])
    return heads[0] if heads and not others.exists() else None
