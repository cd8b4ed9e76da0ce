from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand

from office.models import Pulse
from office.pulses import note_seen


class Command(BaseCommand):
    help = "Note that the clock (beat) was alive at that time. The clock itself starts this command every minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sent_at", type=datetime.fromisoformat, help="when the clock asked for it, with its zone")

    def handle(self, *args: object, sent_at: datetime, **options: object) -> None:
        note_seen(Pulse.Part.CLOCK, sent_at)
