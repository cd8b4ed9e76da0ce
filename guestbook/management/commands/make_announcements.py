import shutil
from concurrent.futures import ThreadPoolExecutor

from django.core.management.base import BaseCommand

from guestbook import announcements


class Command(BaseCommand):
    help = "Make the sounds of the board once, with espeak-ng. Does nothing when they are there."

    def handle(self, *args: object, **options: object) -> None:
        wanted = announcements.missing()
        if not wanted:
            return
        if shutil.which(announcements.VOICE[0]) is None:
            self.stderr.write(
                "Papan tanpa suara rekaman: espeak-ng belum terpasang (sudo apt-get install espeak-ng). "
                "Papan memakai suara peramban bila ada."
            )
            wanted = [piece for piece in wanted if piece == announcements.CHIME]
        with ThreadPoolExecutor() as side_by_side:
            list(side_by_side.map(announcements.make, wanted))
        self.stdout.write(f"Suara papan: {len(wanted)} potongan dibuat.")
