"""Let the worker try a letter again whose PDF could not be drawn."""

from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter
from recommendations.tries import try_again


def draw_letter_again(letter: Letter) -> bool:
    """Begin again with the tries of a stuck letter. Return False when it is drawn or still tried."""
    return try_again(letter, draw_letter)
