"""What an action answers when it does not do what was asked."""


class Refused(Exception):
    """Somebody may not do this now. `str(refusal)` is an Indonesian sentence for the screen."""
