"""The base class of all refusals: exceptions of actions that were not done."""


class Refused(Exception):
    """Raised when an act may not be done now. `str(refusal)` is an Indonesian sentence for the screen."""
