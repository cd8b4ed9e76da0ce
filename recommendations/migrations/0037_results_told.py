from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0036_rating_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='results_told_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
