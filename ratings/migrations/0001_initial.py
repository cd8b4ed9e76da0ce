
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import complaints.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guestbook', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=complaints.codes.new_code, editable=False, max_length=16, unique=True, verbose_name='kode')),
                ('text', models.TextField(max_length=4000, verbose_name='isi pengaduan')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diterima')),
                ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='guestbook.visit', verbose_name='kunjungan')),
            ],
            options={
                'verbose_name': 'pengaduan',
                'verbose_name_plural': 'pengaduan',
                'ordering': ['-received_at'],
                'default_permissions': ['view'],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dinilai')),
                ('requirements', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='persyaratan')),
                ('procedure', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='prosedur')),
                ('time', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='waktu')),
                ('cost', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='biaya')),
                ('product', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='produk')),
                ('competence', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='kompetensi')),
                ('conduct', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='perilaku')),
                ('facilities', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='sarana')),
                ('complaints', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='pengaduan')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='saran')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='petugas')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='guestbook.visit', verbose_name='kunjungan')),
            ],
            options={
                'verbose_name': 'penilaian',
                'verbose_name_plural': 'penilaian',
                'ordering': ['-rated_at'],
                'default_permissions': ['view'],
                'constraints': [models.CheckConstraint(condition=models.Q(('requirements__range', (1, 4))), name='rating_requirements_1_to_4'), models.CheckConstraint(condition=models.Q(('procedure__range', (1, 4))), name='rating_procedure_1_to_4'), models.CheckConstraint(condition=models.Q(('time__range', (1, 4))), name='rating_time_1_to_4'), models.CheckConstraint(condition=models.Q(('cost__range', (1, 4))), name='rating_cost_1_to_4'), models.CheckConstraint(condition=models.Q(('product__range', (1, 4))), name='rating_product_1_to_4'), models.CheckConstraint(condition=models.Q(('competence__range', (1, 4))), name='rating_competence_1_to_4'), models.CheckConstraint(condition=models.Q(('conduct__range', (1, 4))), name='rating_conduct_1_to_4'), models.CheckConstraint(condition=models.Q(('facilities__range', (1, 4))), name='rating_facilities_1_to_4'), models.CheckConstraint(condition=models.Q(('complaints__range', (1, 4))), name='rating_complaints_1_to_4')],
            },
        ),
    ]
