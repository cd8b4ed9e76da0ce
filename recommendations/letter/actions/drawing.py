"""Let the worker try a letter again whose PDF could not be drawn."""

from office.nudges import nudge
from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter
from recommendations.papers import forget_tries


def draw_letter_again(letter: Letter) -> bool:
    """Begin again with the tries of a stuck letter. Return False when it is drawn or still tried."""
    is_stuck = forget_tries(letter)
    if is_stuck:
        nudge(draw_letter, letter.pk)
    return is_stuck
