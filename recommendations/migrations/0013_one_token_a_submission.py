import guestbook.models.visitors
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0012_applicant_pages")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="token",
            field=models.CharField(
                default=guestbook.models.visitors.new_token, editable=False, max_length=32
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("token",), name="one_submission_a_token"),
        ),
    ]
