from django.core.management.base import BaseCommand, CommandError

from complaints.actions.dates import follow_calendar
from office.refusals import Refused


class Command(BaseCommand):
    help = "Move the due dates of open complaints that the office's calendar has changed. It may run at any time."

    def handle(self, *args: object, **options: object) -> None:
        try:
            moved = follow_calendar()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Batas waktu {moved} pengaduan dipindah menurut kalender.")
