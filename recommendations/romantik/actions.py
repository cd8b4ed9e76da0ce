"""Save the notes that an officer makes while copying a record into Romantik."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from office.models import User
from recommendations.models import Submission
from recommendations.moves import locked
from recommendations.romantik.rows import beside_items


@transaction.atomic
def note_romantik(submission: Submission, *, extras: Mapping[str, Any], reference: str, by: User) -> Submission:
    """Save the answers to questions that the form does not ask, and the reference number from Romantik.

    Allowed after the letter too: an officer may fill in Romantik at any time. Empty answers, and answers to other
    questions, are not saved.
    """
    submission = locked(submission)
    asked = [item.id for item in beside_items(submission.instrument)]
    submission.romantik_extras = {name: extras[name] for name in asked if extras.get(name) not in (None, "", [])}
    submission.romantik_reference = reference
    submission.save(update_fields=["romantik_extras", "romantik_reference"])
    return submission
