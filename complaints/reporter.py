"""The reporter of a complaint. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reporter:
    """What a reporter said about themselves; "" for what they did not say.

    With `is_confidential`, only the Kepala and the assigned officer may see it.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    is_confidential: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.phone or self.email)
