"""A message of the reporter keeps the token of its form, so that a form that is sent twice is one message."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('complaints', '0008_questions_are_no_answers')]

    operations = [
        migrations.AddField(
            model_name='complaintevent',
            name='form_token',
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
    ]
