"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in which way, what came of it; `holds` is None where nothing is promised."""

    job: str
    way: str
    words: str
    holds: bool | None = None
    depends_on_load: bool = False
    """A time in milliseconds: told, but no reason to fail, because other work on the machine lengthens it."""

    @property
    def is_broken(self) -> bool:
        """Whether the bench has failed with it."""
        return self.holds is False and not self.depends_on_load

    @property
    def verdict(self) -> str:
        if self.holds is None:
            return ""
        return "holds" if self.holds else "FAILS"


def median_of(sorted_values: list[float]) -> float:
    """The middle one."""
    return sorted_values[len(sorted_values) // 2]
