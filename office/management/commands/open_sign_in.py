from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.models import User
from office.sign_in_actions import open_sign_in


class Command(BaseCommand):
    help = "End the pause after wrong passwords of one account, when no other admin can do it on the page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Tidak ada akun dengan nama pengguna {username}.")
        found = open_sign_in(user, by=None)
        self.stdout.write(f"{user} dapat masuk lagi." if found else f"Masuk sebagai {user} tidak sedang ditunda.")
