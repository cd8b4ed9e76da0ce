from django.db import migrations, models

SOURCES = [
    ("", "tidak dicatat"),
    ("tablet", "tablet di loket"),
    ("telephone", "perangkat lain"),
    ("paper", "kuesioner kertas"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("ratings", "0010_frozen_remarks"),
    ]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="source",
            field=models.CharField(blank=True, choices=SOURCES, max_length=10, verbose_name="diisi lewat"),
        )
        for name in ("rating", "quickrating")
    ]
