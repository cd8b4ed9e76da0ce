"""What an officer does about a mail that the desk says was refused, failed, or has an unknown result."""

from guestbook import actions as reception
from guestbook.models import Visit
from guestbook.workflow import Status
from office.models import Mail, User
from recommendations.models import Dispatch, EmailCode, Slip
from tests.chaos.steps import Walk

REFUSED = (Mail.Status.REFUSED, Mail.Status.FAILED)


def clear_the_office() -> None:
    """End the visits that an earlier walk left, when that walk could not go on."""
    by = User.objects.get(username="rina")
    for visit in Visit.objects.filter(status__in=(Status.WAITING, Status.CALLED)):
        reception.leave(visit, by=by)
    for visit in Visit.objects.filter(status=Status.SERVING):
        reception.finish(visit, by=by)


def settle(walk: Walk) -> None:
    """Press the button that the page offers for each such mail of the walk."""
    last = EmailCode.objects.filter(applicant__email=walk.email).select_related("mail").last()
    if last and last.mail and last.mail.status in REFUSED:
        walk.officer.send(f"/kontak/{last.applicant_id}/kode/", [])
    for slip in Slip.objects.filter(mail__to=walk.email).select_related("mail"):
        place = f"/catatan-perbaikan/{slip.pk}"
        _press(walk, slip.mail, repeat=f"{place}/kirim/", arrived=f"{place}/e-mail-sampai/")
    for dispatch in Dispatch.objects.filter(mail__to=walk.email).select_related("mail"):
        place = f"/pengiriman/{dispatch.pk}"
        _press(walk, dispatch.mail, repeat=f"{place}/ulangi/", arrived=f"{place}/sampai/")


def _press(walk: Walk, mail: Mail, *, repeat: str, arrived: str) -> None:
    if mail.status in REFUSED:
        walk.officer.send(repeat, [("to", walk.email)])
    elif mail.status == Mail.Status.UNKNOWN:
        walk.officer.send(arrived, [])
