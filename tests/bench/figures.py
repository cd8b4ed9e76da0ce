"""One row of the results table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measurement: its job, its way and its result. `holds` is None when there is no budget."""

    job: str
    way: str
    words: str
    holds: bool | None = None
    depends_on_load: bool = False
    """Whether it is a time in milliseconds, which other load lengthens. It is reported but never fails the bench."""

    @property
    def is_broken(self) -> bool:
        """Whether the bench fails because of it."""
        return self.holds is False and not self.depends_on_load

    @property
    def verdict(self) -> str:
        if self.holds is None:
            return ""
        return "holds" if self.holds else "FAILS"


def median_of(sorted_values: list[float]) -> float:
    """Return the middle value."""
    return sorted_values[len(sorted_values) // 2]
