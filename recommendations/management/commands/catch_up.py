from argparse import ArgumentParser
from datetime import datetime

from celery import Task
from django.core.management.base import BaseCommand
from django.utils import timezone

from office import clock
from office.mailing import tidy_outbox
from office.models import Mail
from office.nudges import start
from office.tasks import send_mail
from recommendations.attachments.tasks import draw_attachment
from recommendations.examination.tasks import draw_opinion
from recommendations.letter.delivery import note_results
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import Attachment, Dispatch, Letter, Opinion, Slip
from recommendations.models.drawing import ASKED_FOR
from recommendations.promise.notices import tell_later
from recommendations.slip.mailing import note_told
from recommendations.slip.tasks import draw_slip

Owed = tuple[datetime, Task, int]
"""Since when, the task that does it, and the id of its row."""


class Command(BaseCommand):
    help = "Start again what a stopped worker still owes: papers without a PDF, mails that were not sent or not noted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--not-asked-since",
            type=datetime.fromisoformat,
            help="the start of the worker: whoever was asked before has ended (default: some minutes ago)",
        )

    def handle(self, *args: object, not_asked_since: datetime | None = None, **options: object) -> None:
        clock.look()
        now = timezone.now()
        tidy_outbox(now)
        since = not_asked_since or now - ASKED_FOR
        owed = sorted([*_papers(now, since), *_mails(now), *_pages()], key=lambda one: one[0])
        taken, notices = _start(owed), tell_later()
        for model, task in ((Letter, draw_letter), (Slip, draw_slip)):
            model.objects.filter(pk__in=[pk for by, pk in taken if by is task]).update(asked_at=now)
        counts = {task: sum(by is task for by, _ in taken) for task in (draw_letter, draw_slip)}
        mails = len(taken) - sum(counts.values()) + notices
        noted = note_told() + note_results()
        self.stdout.write(
            f"{counts[draw_letter]} surat, {counts[draw_slip]} catatan perbaikan, dan {mails} e-mail "
            f"dilanjutkan; {noted} hasil e-mail dicatat."
        )


def _papers(now: datetime, since: datetime) -> list[Owed]:
    letters = Letter.objects.owed(now, not_asked_since=since).values_list("issued_at", "pk")
    slips = Slip.objects.owed(now, not_asked_since=since).values_list("written_at", "pk")
    return [(at, draw_letter, pk) for at, pk in letters] + [(at, draw_slip, pk) for at, pk in slips]


def _mails(now: datetime) -> list[Owed]:
    dispatches = Dispatch.objects.unmailed().values_list("requested_at", "pk")
    mails = Mail.objects.owed(now).values_list("wanted_at", "pk")
    return [(at, send_dispatch, pk) for at, pk in dispatches] + [(at, send_mail, pk) for at, pk in mails]


def _pages() -> list[Owed]:
    attachments = Attachment.objects.undrawn().values_list("uploaded_at", "pk")
    opinions = Opinion.objects.undrawn().values_list("at", "pk")
    return [(at, draw_attachment, pk) for at, pk in attachments] + [(at, draw_opinion, pk) for at, pk in opinions]


def _start(owed: list[Owed]) -> list[tuple[Task, int]]:
    """Start the tasks in this order, and return those that the broker took. Stop when it takes none."""
    taken = []
    for _, task, pk in owed:
        if not start(task, pk):
            break
        taken.append((task, pk))
    return taken
