"""Who may be responsible for a measure of the follow-up plan, and the mail that this person gets."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from office.models import Office, User
from office.outbox import put_mail
from ratings.follow_up_models import FollowUp

OPENS_MEASURE = ("view_rating", "view_own_totals")
"""The permissions with which a person opens the page of their own measure: the Kepala and the officers have one."""


def may_be_responsible() -> QuerySet[User]:
    """Return the active users who can open a measure that is theirs, by name."""
    found = Permission.objects.filter(codename__in=OPENS_MEASURE, content_type__app_label="ratings")
    may = Q(groups__permissions__in=found) | Q(user_permissions__in=found)
    return User.objects.filter(may, is_active=True).distinct().order_by("name", "pk")


def tell_responsible(follow_up: FollowUp, *, key: str) -> None:
    """Mail the responsible person that the measure is theirs. Do nothing without an address.

    `key` names the assignment, so that the same one is mailed once.
    """
    user = follow_up.responsible
    if user is None or not user.email:
        return
    office = Office.objects.current()
    address = office.full_address(reverse("ratings:follow_up_detail", args=[follow_up.pk]))
    put_mail(
        key=f"follow-up:{follow_up.pk}:{user.pk}:{key}",
        to=user.email,
        subject=f"Tindak lanjut SKM: {follow_up.get_aspect_display()} menjadi tanggung jawab Anda",
        body=render_to_string(
            "ratings/mail_follow_up.txt", {"user": user, "follow_up": follow_up, "office": office, "address": address}
        ),
    )
