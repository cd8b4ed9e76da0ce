"""Who complains, as far as they said. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reporter:
    """Who complains, as far as they said. `is_confidential`: only the Kepala and the assigned officer may know."""

    name: str = ""
    phone: str = ""
    email: str = ""
    is_confidential: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.phone or self.email)
