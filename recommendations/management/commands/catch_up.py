from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from office import clock
from office.mailing import tidy_outbox
from office.owed import Owed, ask_for
from office.tasks import owed_mails
from recommendations.attachments.tasks import draw_attachment
from recommendations.examination.tasks import draw_opinion
from recommendations.letter.delivery import note_results
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import Attachment, Dispatch, Letter, Opinion, Slip
from recommendations.promise.notices import tell_later
from recommendations.slip.mailing import note_told
from recommendations.slip.tasks import draw_slip


class Command(BaseCommand):
    help = "Start again what a stopped worker still owes: papers, pages to show, mails that were not sent or not noted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--not-asked-since",
            type=datetime.fromisoformat,
            help="the start of the worker: no task asked for before is under way (default: some minutes ago)",
        )

    def handle(self, *args: object, not_asked_since: datetime | None = None, **options: object) -> None:
        clock.look()
        now = timezone.now()
        tidy_outbox(now)
        asked = ask_for(owed_kinds(now), now=now, not_asked_since=not_asked_since)
        letters, slips, dispatches, mails, *pages = asked
        notices, noted = tell_later(), note_told() + note_results()
        self.stdout.write(
            f"{letters} surat, {slips} catatan perbaikan, {sum(pages)} berkas, dan {dispatches + mails + notices} "
            f"e-mail dilanjutkan; {noted} hasil e-mail dicatat."
        )


def owed_kinds(now: datetime) -> list[Owed]:
    """Return everything that the worker may owe: papers, mails, and pages to show."""
    return [
        Owed(draw_letter, Letter.objects.to_try(now), "issued_at"),
        Owed(draw_slip, Slip.objects.to_do(now), "written_at"),
        Owed(send_dispatch, Dispatch.objects.unmailed(), "requested_at"),
        owed_mails(now),
        Owed(draw_attachment, Attachment.objects.undrawn(), "uploaded_at"),
        Owed(draw_opinion, Opinion.objects.undrawn(), "at"),
    ]
