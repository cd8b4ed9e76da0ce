from django.apps import AppConfig

from office.redaction import keep_secrets_out


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "Kantor"

    def ready(self) -> None:
        """Keep secrets out of the log lines of web, worker, clock and commands."""
        keep_secrets_out()
