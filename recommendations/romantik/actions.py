"""What an officer notes while the record is copied into Romantik."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from office.models import User
from recommendations.models import Submission
from recommendations.moves import locked
from recommendations.romantik.rows import beside_items


@transaction.atomic
def note_romantik(submission: Submission, *, extras: Mapping[str, Any], reference: str, by: User) -> Submission:
    """Keep the answers to what the form does not ask, and the reference that Romantik gave.

    Also after the letter: Romantik may be filled in at any time. What is no question beside the form is left out.
    """
    submission = locked(submission)
    asked = [item.id for item in beside_items(submission.instrument)]
    submission.romantik_extras = {name: extras[name] for name in asked if extras.get(name) not in (None, "", [])}
    submission.romantik_reference = reference
    submission.save(update_fields=["romantik_extras", "romantik_reference"])
    return submission
