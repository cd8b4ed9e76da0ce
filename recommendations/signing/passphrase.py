"""The signer's passphrase: in memory only, during one signing."""

from types import TracebackType
from typing import NoReturn, Self

from django.views.decorators.debug import sensitive_variables

from recommendations.signing.refusals import PassphraseGone

HIDDEN = "***"


class Passphrase:
    """A secret that no log line, error page or pickle shows. `with passphrase:` wipes it at the end of the block.

    Wiping overwrites the copy that this object owns. Python cannot overwrite the `str` of the request, its copies in
    Django's form, and the `str` that hide_in makes: they stay in memory until Python uses the place again. Parts of the
    request's body, what OpenSSL encrypts, and what the system writes to its swap space may stay too.
    """

    __slots__ = ("_utf8",)

    @sensitive_variables("text")
    def __init__(self, text: str) -> None:
        self._utf8 = bytearray(text.encode())

    @property
    def utf8(self) -> bytearray:
        """The secret itself in UTF-8: the object's own copy, which is never kept elsewhere. Raise PassphraseGone."""
        if not any(self._utf8):
            raise PassphraseGone
        return self._utf8

    def wipe(self) -> None:
        """Overwrite the secret. From now on it cannot be used."""
        self._utf8[:] = bytes(len(self._utf8))

    @sensitive_variables()
    def hide_in(self, text: str) -> str:
        """Return the text with `***` instead of the secret, because a service may quote what it was sent."""
        return text.replace(self.utf8.decode(), HIDDEN)

    def __enter__(self) -> Self:
        """Begin the block. Raise PassphraseGone."""
        _ = self.utf8
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return f"Passphrase({HIDDEN})"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A passphrase is never copied or stored.")
