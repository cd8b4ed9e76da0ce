"""The rules of the database, once the old rows keep them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0003_terms_and_old_complaints'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('about', None), ('assigned_to', None), models.Q(('assigned_to', models.F('about')), _negated=True), _connector='OR'), name='complaint_not_with_its_officer'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('is_anonymous', False), models.Q(('reporter_email', ''), ('reporter_name', ''), ('reporter_phone', ''), ('visit', None)), _connector='OR'), name='anonymous_complaint_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='closed_complaint_has_outcome'),
        ),
    ]
