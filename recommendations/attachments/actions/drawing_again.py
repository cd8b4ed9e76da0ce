"""Let the worker try a file again whose pages could not be drawn."""

from recommendations.attachments.tasks import draw_attachment
from recommendations.models import Attachment
from recommendations.tries import try_again


def draw_attachment_again(attachment: Attachment) -> bool:
    """Begin again with the tries of a stuck file. Return False when it is drawn or still tried."""
    return try_again(attachment, draw_attachment)
