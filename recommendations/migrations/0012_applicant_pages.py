"""Every submission that is there gets the unguessable address of its applicant's page."""

from django.db import migrations

from guestbook.models.visitors import new_token


def give_tokens(apps, schema_editor):
    submissions = apps.get_model("recommendations", "Submission").objects
    for pk in submissions.filter(token=None).values_list("pk", flat=True):
        submissions.filter(pk=pk).update(token=new_token())


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0011_examination")]
    operations = [migrations.RunPython(give_tokens, migrations.RunPython.noop)]
