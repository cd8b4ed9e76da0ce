"""Who heads the office on a day. An act of the head needs that, the role alone is not enough."""

from datetime import date

from django.utils import timezone

from office.models import Head, User
from office.refusals import Refused


class NotTheHead(Refused):
    """Raised when the user does not head the office on that day."""

    def __init__(self) -> None:
        super().__init__("Anda tidak tercatat sebagai Kepala, Plt., atau Plh. pada tanggal ini. Hubungi admin kantor.")


def head_on(day: date, user: User) -> Head:
    """Return the user's row as head of the office on `day`. Raise NotTheHead."""
    head = Head.objects.on(day).filter(user=user).first()
    if head is None:
        raise NotTheHead
    return head


def heads_today() -> list[User]:
    """Return the active users who head the office today, a Plh. included."""
    rows = Head.objects.on(timezone.localdate()).select_related("user").order_by("pk")
    return list({row.user_id: row.user for row in rows if row.user.is_active}.values())
