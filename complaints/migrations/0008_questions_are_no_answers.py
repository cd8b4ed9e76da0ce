"""A question to the reporter had counted as the first response. Of an open complaint it does so no longer.

The rows say it: each message has its kind and time, each event its move. A closed complaint stays as it is: its reporter
got the outcome, and the recap of its period may have been handed in.
"""

from django.db import migrations

ANSWERS = ['answer', 'plan', 'close']


def take_back_questions(apps, schema_editor):
    found = apps.get_model('complaints', 'Complaint').objects.exclude(status='closed').filter(messages__kind='ask')
    for complaint in found.distinct().order_by('pk'):
        answers = complaint.messages.filter(kind__in=ANSWERS).order_by('at', 'pk')
        first, last = answers.first(), answers.last()
        complaint.responded_at = first.at if first else None
        complaint.answered_at = last.at if last else None
        complaint.status = _status(complaint)
        complaint.save(update_fields=['responded_at', 'answered_at', 'status'])


def _status(complaint):
    """Return the status that the moves lead to when a question is none."""
    moves = complaint.events.filter(move__in=['assign', 'answer', 'plan', 'reopen']).order_by('at', 'pk')
    after = {'assign': 'assigned', 'answer': 'answered', 'plan': 'answered', 'reopen': 'reopened'}
    last = moves.last()
    return after[last.move] if last else complaint.status


class Migration(migrations.Migration):
    dependencies = [('complaints', '0007_kios')]

    operations = [migrations.RunPython(take_back_questions, migrations.RunPython.noop)]
