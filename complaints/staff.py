"""Who may work on a complaint: never the person complained about, also when it is the head of the office."""

from datetime import date

from django.contrib.auth.models import Permission
from django.db.models import Count, Q, QuerySet

from complaints.models import Complaint
from complaints.notices import heads_free_for
from complaints.workflow import OPEN
from office.heads import heads_today
from office.models import Head, User


def staff_with_a_role(*, and_about: int | None = None) -> QuerySet[User]:
    """Return the active members of staff with a role, by name: a complaint may be about any of them.

    `and_about` is the id of the one a complaint is about already: also without a role, or when not active any more.
    """
    found = Q(is_active=True, groups__isnull=False) | Q(pk=and_about or 0)
    return User.objects.filter(found).distinct().order_by("name", "pk")


def formerly_about(complaint: Complaint) -> set[int]:
    """Return the ids of the users whom the complaint was about before that was changed. They never handle it."""
    changes = complaint.events.exclude(was_about=None)
    return set(changes.values_list("was_about_id", flat=True))


def handlers_of(complaint: Complaint) -> QuerySet[User]:
    """Return the active users who may handle the complaint, by name, without those it is or was about."""
    not_these = {complaint.about_id or 0, *formerly_about(complaint)}
    found = _users_who_may("handle_complaint").filter(is_active=True).exclude(pk__in=not_these)
    return found.order_by("name", "pk")


def readers_of_all() -> set[int]:
    """Return the ids of the users who may read every complaint but those about them: each Kepala, active or not."""
    return set(_users_who_may("view_complaint").values_list("pk", flat=True))


def _users_who_may(codename: str) -> QuerySet[User]:
    permission = Permission.objects.filter(codename=codename, content_type__app_label="complaints")
    return User.objects.filter(Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)).distinct()


def head_complained_about(today: date) -> User | None:
    """Return whom a complaint about "the Kepala" is about: the Kepala or Plt. of today before a Plh., else the last.

    None when the office has no head on record.
    """
    rows = Head.objects.filter(since_on__lte=today).select_related("user")
    own = rows.exclude(capacity=Head.Capacity.PLH)
    found = own.on(today).first() or rows.on(today).first() or own.first()
    return found.user if found else None


def no_head_may_assign(complaint: Complaint) -> bool:
    """Return whether the complaint is about the head of today, and no other head is there to assign it."""
    return complaint.about_id is not None and {head.pk for head in heads_today()} == {complaint.about_id}


def may_assign_now(complaint: Complaint, user: User) -> bool:
    """Return whether the user may assign the complaint: a head of today, or the officer in the head's place.

    A complaint about the head of the office is assigned on by the officer who has it.
    """
    if no_head_may_assign(complaint):
        return complaint.assigned_to_id == user.pk
    return user.has_perm("complaints.assign_complaint") and user in heads_free_for(complaint)


def given_at_once(complaint: Complaint) -> tuple[User, str] | None:
    """Return who gets the complaint on arrival, with the reason; None when the head chooses.

    About the head: the officer with the fewest open complaints. About the only officer: the head.
    """
    if complaint.about is None:
        return None
    if no_head_may_assign(complaint):
        officer = _least_busy(complaint)
        return (officer, "pengaduan tentang Kepala") if officer else None
    head = _only_head_left(complaint)
    return (head, "tidak ada petugas lain") if head else None


def _least_busy(complaint: Complaint) -> User | None:
    theirs = Count("complaints", filter=Q(complaints__status__in=OPEN), distinct=True)
    return handlers_of(complaint).annotate(theirs=theirs).order_by("theirs", "name", "pk").first()


def _only_head_left(complaint: Complaint) -> User | None:
    not_these = formerly_about(complaint)
    heads = [head for head in heads_free_for(complaint) if head.pk not in not_these]
    others = handlers_of(complaint).exclude(pk__in=[head.pk for head in heads])
    return heads[0] if heads and not others.exists() else None
