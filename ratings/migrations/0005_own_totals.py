from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ratings', '0004_frozen_report'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='rating',
            options={'default_permissions': ['view'], 'ordering': ['-rated_at'], 'permissions': [('view_own_totals', 'Melihat jumlah penilaian kunjungan yang dilayani sendiri')], 'verbose_name': 'penilaian', 'verbose_name_plural': 'penilaian'},
        ),
    ]
