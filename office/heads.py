"""Who heads the office on a day. An act of the head needs that, the role alone is not enough."""

from datetime import date

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
