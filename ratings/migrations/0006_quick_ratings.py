import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guestbook', '0004_phone_extensions'),
        ('ratings', '0005_own_totals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuickRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dinilai')),
                ('face', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Sangat tidak puas'), (2, 'Tidak puas'), (3, 'Puas'), (4, 'Sangat puas')], null=True, verbose_name='wajah')),
                ('source', models.CharField(blank=True, choices=[('', 'tidak dicatat'), ('tablet', 'tablet di loket'), ('telephone', 'ponsel pengunjung'), ('paper', 'kuesioner kertas')], max_length=10, verbose_name='diisi lewat')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='petugas')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='quick_rating', to='guestbook.visit', verbose_name='kunjungan')),
            ],
            options={
                'verbose_name': 'penilaian cepat',
                'verbose_name_plural': 'penilaian cepat',
                'ordering': ['-rated_at'],
                'default_permissions': ['view'],
                'constraints': [models.CheckConstraint(condition=models.Q(('face', None), ('face__range', (1, 4)), _connector='OR'), name='quick_rating_face_1_to_4')],
            },
        ),
    ]
