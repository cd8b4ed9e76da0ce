"""How the passwords of staff are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2(Argon2PasswordHasher):
    """Argon2id with the figures of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one thread.

    Django's own figures take 100 MiB for each sign-in, too much for the small computer of an office.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
