from django.db import migrations, models

FILES = (("attachment", "uploaded_at"), ("opinion", "at"))


def say_when_tried(apps, schema_editor):
    """A file that failed before was tried at a time that nothing noted: after it came."""
    for name, came_at in FILES:
        files = apps.get_model("recommendations", name)
        files.objects.filter(tries__gt=0).update(tried_at=models.F(came_at))


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0021_asked_once'),
    ]

    operations = [
        *(migrations.RenameField(name, f'draw_{field}', field) for name, _ in FILES for field in ('tries', 'problem')),
        *(migrations.AlterField(name, 'tries', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')) for name, _ in FILES),
        *(migrations.AlterField(name, 'problem', models.CharField(blank=True, max_length=300, verbose_name='sebab')) for name, _ in FILES),
        *(migrations.AddField(name, 'tried_at', models.DateTimeField(blank=True, null=True)) for name, _ in FILES),
        migrations.RunPython(say_when_tried, migrations.RunPython.noop),
    ]
