from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.models import User
from office.second_factor_actions import reset_factor


class Command(BaseCommand):
    help = "Remove the second step of one account whose telephone is lost, when no other admin can do it on the page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Tidak ada akun dengan nama pengguna {username}.")
        reset_factor(user, by=None)
        self.stdout.write(f"Langkah kedua {user} diatur ulang.")
