"""The admin edits only the terms; complaints are changed by actions only. The outbox hides mails from their subject."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from complaints.models import Complaint, ComplaintTerm
from office.admin.mails import MailAdmin
from office.fields import TIDY
from office.models import Mail

NEEDS_A_PERSON = (Mail.Status.REFUSED, Mail.Status.FAILED, Mail.Status.UNKNOWN, Mail.Status.BOUNCED)


@admin.register(ComplaintTerm)
class ComplaintTermAdmin(admin.ModelAdmin):
    formfield_overrides = TIDY
    list_display = ["name", "days", "unit"]


admin.site.unregister(Mail)


@admin.register(Mail)
class OutboxAdmin(MailAdmin):
    """The outbox without the mails about a complaint that is or was about its reader: that person learns nothing of it.

    The daily mail of what is due is listed only when a person has to decide about it: from its number of complaints
    its reader could compute that there is one about them.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        unneeded = Q(key__startswith=Mail.OF_COMPLAINTS) & ~Q(status__in=NEEDS_A_PERSON)
        return super().get_queryset(request).exclude(reduce(or_, _mails_about(request.user.pk), unneeded))


def _mails_about(reader: int | None) -> list[Q]:
    """Return a condition for the mails of each complaint that is or was about the reader."""
    about = Complaint.objects.filter(Q(about=reader) | Q(events__was_about=reader)).distinct() if reader else []
    return [Q(key__startswith=f"{Mail.OF_COMPLAINT}{complaint.pk}:") for complaint in about]
