from django.db import migrations, models

SKM = {"instrument": "skm-9", "edition": "PermenPANRB 14/2017"}
KEYS = {
    # column until now: key of the unsur
    "requirements": "persyaratan",
    "procedure": "prosedur",
    "time": "waktu",
    "cost": "biaya",
    "product": "produk",
    "competence": "kompetensi",
    "conduct": "perilaku",
    "facilities": "sarana",
    "complaints": "pengaduan",
}
BATCH = 500


def move_into_answers(apps, schema_editor):
    """Write the nine columns of each rating as its answers, under the keys of the rule."""
    ratings = apps.get_model("ratings", "Rating").objects
    for rating in ratings.iterator(BATCH):
        answers = {key: getattr(rating, column) for column, key in KEYS.items()}
        ratings.filter(pk=rating.pk).update(answers=answers, **SKM)


def move_into_columns(apps, schema_editor):
    """Write the answers of each rating into the nine columns. Where and how long it was given is lost."""
    ratings = apps.get_model("ratings", "Rating").objects
    for rating in ratings.iterator(BATCH):
        ratings.filter(pk=rating.pk).update(**{column: rating.answers[key] for column, key in KEYS.items()})


def fits_skm():
    on_scale = {f"answers__{key}__in": [1, 2, 3, 4] for key in KEYS.values()}
    return models.Q(instrument="skm-9", answers__has_keys=list(KEYS.values()), **on_scale)


class Migration(migrations.Migration):

    dependencies = [
        ("ratings", "0001_initial"),
    ]

    operations = [
        *(migrations.RemoveConstraint("rating", f"rating_{column}_1_to_4") for column in KEYS),
        migrations.AddField("rating", "instrument", models.CharField("instrumen", max_length=20, default=""), preserve_default=False),
        migrations.AddField("rating", "edition", models.CharField("edisi", max_length=60, default=""), preserve_default=False),
        migrations.AddField("rating", "answers", models.JSONField("jawaban", default=dict), preserve_default=False),
        migrations.AddField(
            "rating",
            "source",
            models.CharField(
                "diisi lewat",
                max_length=10,
                blank=True,
                choices=[("", "tidak dicatat"), ("tablet", "tablet di loket"), ("telephone", "ponsel pengunjung"), ("paper", "kuesioner kertas")],
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField("rating", "seconds", models.PositiveIntegerField("lama mengisi (detik)", null=True, blank=True)),
        # without a value until the way back has filled them
        *(migrations.AlterField("rating", column, models.PositiveSmallIntegerField(null=True)) for column in KEYS),
        migrations.RunPython(move_into_answers, move_into_columns),
        *(migrations.RemoveField("rating", column) for column in KEYS),
        migrations.AddConstraint("rating", models.CheckConstraint(name="rating_answers_fit_instrument", condition=fits_skm())),
    ]
