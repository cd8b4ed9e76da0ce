from datetime import timedelta

from django.apps import AppConfig


class ChaosConfig(AppConfig):
    """Shorten the waits of minutes to seconds in every process of a run, so that a run can wait for them."""

    name = "tests.chaos"

    def ready(self) -> None:
        from office import mail_problems, mail_silence, mailing, owed_tasks
        from office.models import mails

        mail_problems.PAUSES = mailing.PAUSES = (timedelta(seconds=3),) * len(mail_problems.PAUSES)
        mail_silence.SILENT_FOR = mailing.SILENT_FOR = timedelta(seconds=2)
        mails.SENDING_TAKES_AT_MOST = timedelta(seconds=12)
        owed_tasks.ASKED_FOR = timedelta(seconds=6)
