"""What was found in a filled form: by which rule, at which item, how grave."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"
"""The levels: "salah" asks for a correction, "tinjau" is for the examiner to weigh."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; of a table's empty cell also in which `column`."""

    rule: str
    item: str
    level: str
    message: str
    column: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == ERROR
