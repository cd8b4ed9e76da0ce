"""The base classes of all refusals: exceptions of actions that were not done."""


class Refused(Exception):
    """Raised when an act may not be done now. `str(refusal)` is an Indonesian sentence for the screen."""


MOST_PROBLEMS = 10
"""The most problems that the message about a file lists. More are usually one mistake repeated in every row."""


class FileRefused(Refused):
    """Raised when a list of an office cannot be used. The text says why, one line a problem."""

    def __init__(self, problems: list[str]):
        rest = len(problems) - MOST_PROBLEMS
        more = [f"... dan {rest} lagi."] if rest > 0 else []
        super().__init__("\n".join([*problems[:MOST_PROBLEMS], *more]))
