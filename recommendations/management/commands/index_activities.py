from django.core.management.base import BaseCommand
from django.db import transaction

from recommendations.archive.activity_index import A_BATCH, keep_archived, keep_submission
from recommendations.models import ActivityWord, ArchivedActivity, Submission


class Command(BaseCommand):
    help = "Rebuild the index of similar activities, for example after QUIET of likeness.py was changed."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        ActivityWord.objects.all().delete()
        submissions = Submission.objects.exclude(title="")
        for submission in submissions.iterator():
            keep_submission(submission.rounds.select_related("submission").latest("number"))
        archived = list(ArchivedActivity.objects.all())
        for start in range(0, len(archived), A_BATCH):
            keep_archived(archived[start : start + A_BATCH])
        self.stdout.write(f"{submissions.count()} permohonan dan {len(archived)} kegiatan arsip diindeks.")
