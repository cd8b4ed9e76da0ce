import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guestbook', '0004_phone_extensions'),
        ('ratings', '0006_quick_ratings'),
        ('recommendations', '0036_rating_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='quickrating',
            name='submission',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quick_rating', to='recommendations.submission', verbose_name='permohonan'),
        ),
        migrations.AddField(
            model_name='rating',
            name='submission',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='recommendations.submission', verbose_name='permohonan'),
        ),
        migrations.AlterField(
            model_name='quickrating',
            name='visit',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quick_rating', to='guestbook.visit', verbose_name='kunjungan'),
        ),
        migrations.AlterField(
            model_name='rating',
            name='visit',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='guestbook.visit', verbose_name='kunjungan'),
        ),
        migrations.AddConstraint(
            model_name='quickrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submission', None), ('visit__isnull', False)), models.Q(('submission__isnull', False), ('visit', None)), _connector='OR'), name='quick_rating_of_visit_or_submission'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submission', None), ('visit__isnull', False)), models.Q(('submission__isnull', False), ('visit', None)), _connector='OR'), name='rating_of_visit_or_submission'),
        ),
    ]
