
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guestbook', '0001_initial'),
        ('office', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='exportlog',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='oleh'),
        ),
        migrations.AddConstraint(
            model_name='ticketcounter',
            constraint=models.UniqueConstraint(fields=('day', 'prefix'), name='one_ticket_counter_a_day_and_prefix'),
        ),
        migrations.AddField(
            model_name='visit',
            name='counter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='office.counter', verbose_name='loket'),
        ),
        migrations.AddField(
            model_name='visit',
            name='officer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='petugas'),
        ),
        migrations.AddField(
            model_name='visit',
            name='reserved_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reserved', to='office.counter', verbose_name='hanya untuk'),
        ),
        migrations.AddField(
            model_name='visit',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='office.service', verbose_name='layanan'),
        ),
        migrations.AddField(
            model_name='visitevent',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visitevent',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='guestbook.visit'),
        ),
        migrations.AddField(
            model_name='visitor',
            name='classified_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visit',
            name='visitor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='guestbook.visitor', verbose_name='pengunjung'),
        ),
        migrations.AddIndex(
            model_name='visitor',
            index=models.Index(fields=['phone'], name='visitor_phone'),
        ),
        migrations.AddIndex(
            model_name='visitor',
            index=models.Index(django.db.models.functions.text.Lower('email'), name='visitor_email'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['day', 'status'], name='visit_day_status'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['counter', 'status'], name='visit_counter_status'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('day', 'prefix', 'number'), name='one_visit_a_ticket'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('called', 'serving'))), fields=('counter',), name='one_active_visit_a_counter'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('called', 'serving')), _negated=True), models.Q(('counter__isnull', False), ('officer__isnull', False)), _connector='OR'), name='active_visit_has_counter_and_officer'),
        ),
    ]
