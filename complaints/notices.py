"""The mails about a complaint. None contains its text, a message, a reporter's name or the whole code.

What an anonymous reporter does is mailed in the morning after: `morning_notices.py`.
"""

from datetime import date, datetime

from django.template.loader import render_to_string
from django.urls import reverse

from complaints.models import Complaint
from office.heads import heads_today
from office.models import Office, User
from office.outbox import put_mail


def heads_free_for(complaint: Complaint) -> list[User]:
    """Return the heads of today without the one complained about: that person learns nothing of the complaint."""
    return [head for head in heads_today() if head.pk != complaint.about_id]


def tell_received(complaint: Complaint) -> None:
    """Mail the heads of the office that a complaint came in, except the one complained about."""
    for head in heads_free_for(complaint):
        _to_staff(complaint, head, key="received", words="baru masuk, menunggu ditugaskan")


def tell_assigned(complaint: Complaint, *, at: datetime) -> None:
    """Mail the assigned officer, each time the complaint comes to them; `at` is the time of the assignment."""
    if complaint.assigned_to:
        _to_staff(complaint, complaint.assigned_to, key=f"assigned:{at.isoformat()}", words="ditugaskan kepada Anda")


def tell_replied(complaint: Complaint, *, on: date) -> None:
    """Mail the assigned officer that the reporter wrote or gave a file `on` that day; without an active one the heads.

    It is one mail a day.
    """
    officer, key = complaint.assigned_to, f"replied:{on.isoformat()}"
    for user in [officer] if officer and officer.is_active else heads_free_for(complaint):
        _to_staff(complaint, user, key=key, words="ada pesan atau berkas baru dari pelapor")


def tell_left(complaint: Complaint) -> None:
    """Mail the heads, as above, that the assigned officer is not active any more; once for each officer."""
    for head in heads_free_for(complaint):
        key = f"left:{complaint.assigned_to_id}"
        _to_staff(complaint, head, key=key, words="petugasnya tidak aktif lagi, menunggu ditugaskan")


def tell_reopened(complaint: Complaint) -> None:
    """Mail the assigned officer and the heads of the office, as above, that the reporter was not satisfied."""
    for user in _people_of(complaint):
        _to_staff(complaint, user, key="reopened", words="pelapor belum puas, jadi dibuka lagi")


def tell_not_satisfied(complaint: Complaint) -> None:
    """Mail the same people that the reporter was not satisfied the second time; the complaint stays closed."""
    for user in _people_of(complaint):
        _to_staff(complaint, user, key="not-satisfied", words="pelapor tetap belum puas, tetap selesai")


def _people_of(complaint: Complaint) -> list[User]:
    """Return the heads of today, as above, and the assigned officer, each once."""
    people = [*heads_free_for(complaint), *filter(None, [complaint.assigned_to])]
    return list({user.pk: user for user in people}.values())


def tell_reporter(complaint: Complaint, *, words: str, key: str) -> None:
    """Mail the reporter `words`, which are no part of a message. Do nothing without an address."""
    if not complaint.reporter_email:
        return
    office = Office.objects.current()
    facts = {"words": words, "office": office, "address": office.full_address(reverse("complaints:follow"))}
    put_mail(
        key=f"complaint:{complaint.pk}:reporter:{key}",
        to=complaint.reporter_email,
        subject=f"Pengaduan Anda: {words}",
        body=render_to_string("complaints/mail_reporter.txt", facts),
    )


def _to_staff(complaint: Complaint, user: User, *, key: str, words: str) -> None:
    if not (user.email and user.is_active):
        return
    office = Office.objects.current()
    address = office.full_address(reverse("complaints:complaint_detail", args=[complaint.key]))
    facts = {"user": user, "words": words, "complaint": complaint, "office": office, "address": address}
    put_mail(
        key=f"complaint:{complaint.pk}:{user.pk}:{key}",
        to=user.email,
        subject=f"Pengaduan {complaint.short_code}: {words}",
        body=render_to_string("complaints/mail_staff.txt", facts),
    )
