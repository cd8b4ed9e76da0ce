"""A finding in a filled form: its rule, its item, its level."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"
"""The levels: an error ("salah") asks for a correction; the examiner judges a warning ("tinjau")."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one item. For an empty cell of a table, `column` is the id of its column."""

    rule: str
    item: str
    level: str
    message: str
    column: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == ERROR
