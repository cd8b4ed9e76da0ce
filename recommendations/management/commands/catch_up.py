from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from office import clock
from office.batches import must_be_none
from recommendations.owed_work import resume_owed


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
        done = resume_owed(timezone.now(), not_asked_since=not_asked_since)
        self.stdout.write(
            f"{done.letters} surat, {done.slips} catatan perbaikan, {done.files} berkas, dan {done.mails} e-mail "
            f"dilanjutkan; {done.noted} hasil e-mail dicatat."
        )
        must_be_none(done.failed)
