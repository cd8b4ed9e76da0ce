from importlib import import_module

from django.apps import AppConfig

from office.redaction import keep_secrets_out


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "Kantor"

    def ready(self) -> None:
        """Keep secrets out of the log lines of web, worker, clock and commands. Register the checks."""
        import_module("office.checks")
        keep_secrets_out()
