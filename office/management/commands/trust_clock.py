from django.core.management.base import BaseCommand

from office import clock
from office.formats import clock as time_words
from office.formats import long_date


class Command(BaseCommand):
    help = (
        "Believe the computer's clock as it is now. Compare it with another clock first: the desk then refuses any "
        "time before it. Needed only after a wrong clock was set right, or after the computer was off for months."
    )

    def handle(self, *args: object, **options: object) -> None:
        moment = clock.trust()
        self.stdout.write(f"Jam komputer dipercaya: {long_date(moment)}, {time_words(moment)}.")
