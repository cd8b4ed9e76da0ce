"""The office's minimum of respondents is at least five: a smaller one would tell what one visitor answered."""

import django.core.validators
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Greatest

LEAST = 5


def raise_small_minimums(apps, schema_editor):
    apps.get_model("office", "Office").objects.update(min_respondents=Greatest(F("min_respondents"), LEAST))


class Migration(migrations.Migration):

    dependencies = [
        ("office", "0019_account_events"),
    ]

    operations = [
        migrations.AlterField(
            model_name="office",
            name="min_respondents",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="Di bawahnya laporan SKM menyebut “responden belum cukup”, tanpa indeks.",
                validators=[
                    django.core.validators.MinValueValidator(5),
                    django.core.validators.MaxValueValidator(1000),
                ],
                verbose_name="responden survei kepuasan paling sedikit",
            ),
        ),
        migrations.RunPython(raise_small_minimums, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(("min_respondents__gte", 5)), name="figures_of_enough_respondents"
            ),
        ),
    ]
