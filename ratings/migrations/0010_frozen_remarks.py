from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ratings", "0009_paper_batches")]

    operations = [
        migrations.AddField("frozenreport", "remarks", models.JSONField("saran", null=True, blank=True)),
    ]
